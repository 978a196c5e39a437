import { expect, test } from 'vitest';
import { validServiceReference as rule } from '../../../lib/lint/rules/valid-service-reference.ts';
import { readModel } from '../../../lib/model/read-model.ts';
import { agent, chartValues } from './support/collectors.ts';
import { objectsOf, placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, fromConfigMap, literal } from './support/manifests.ts';

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const to = (url: string, name = 'api') => deployment({ name, env: literal(endpoint, url) });
const service = (spec: string, name = 'api') =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec:\n  ${spec}\n`;
const ports = (ports: string) => deployment({ container: `ports: ${ports}` });

test.each([
  ['that is misspelt', 'http://agents.coralogix:4317', 'coralogix', 'agents', 'http://agent.coralogix:4317'],
  ['of another namespace', 'http://agent:4317', 'shop', 'agent', 'http://agent.coralogix:4317'],
])('reports an endpoint with the name of a Service %s', (_, url, namespace, name, write) => {
  const text = documents(to(url), agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, url)}`,
      message: `${endpoint} of Deployment api is "${url}", and no Service ${name} of namespace ${namespace} was read`,
      suggestion: `write: ${write}`,
    },
  ]);
});

test('cannot tell whether something else makes a Service', () => {
  const alias = service('type: ExternalName\n  externalName: otel-collector.coralogix.svc.cluster.local', 'otel');
  const text = documents(to('http://collector.coralogix:4317'), to('http://otel:4317', 'web'), alias, agent());
  expect(report(rule, text)).toMatchObject([
    { suggestion: 'write: http://agent.coralogix:4317', cannotTell: true },
    { suggestion: 'write: agent.coralogix.svc.cluster.local', cannotTell: true },
  ]);
});

test('reports the name in a ConfigMap as it stands there', () => {
  const config = configMap({ [endpoint]: 'http://agent:4317' });
  const text = documents(config, deployment({ env: fromConfigMap(endpoint) }), agent());
  expect(report(rule, text)).toMatchObject([
    { at: 'app.yaml:7:32', message: expect.stringContaining('is "http://agent:4317", and no Service agent') },
  ]);
});

test('reports an ExternalName Service that stands for none, once', () => {
  const alias = service('type: ExternalName\n  externalName: agents.coralogix.svc.cluster.local', 'otel');
  const text = documents(to('http://otel:4317'), to('http://otel:4317', 'web'), alias, agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'agents')}`,
      message:
        'Service otel stands for agents.coralogix.svc.cluster.local, and no Service agents of namespace coralogix was read',
      suggestion: 'write: agent.coralogix.svc.cluster.local',
    },
  ]);
  expect(objectsOf(rule, text)).toEqual(['Service otel']);
});

test.each([
  ['of the workload that has its name', 'gateway', 'app: web'],
  ['of nearly its labels', 'web', 'app: gatewey'],
])('reports a selector that misses the pods %s', (_, name, selector) => {
  const text = documents(deployment({ name: 'gateway' }), service(`selector: {${selector}}`, name));
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, `${selector.slice(5)}}`)}`,
      message: `Service ${name} of namespace shop selects pods with ${selector.replace(': ', '=')}, and no workload that was read has such pods`,
      suggestion: 'write: app: gateway, which Deployment gateway has',
    },
  ]);
});

test('cannot tell who makes the pods that a Service selects', () => {
  const text = documents(deployment(), service('selector: {cluster: postgres}', 'db'));
  expect(report(rule, text)).toMatchObject([{ at: `app.yaml:${placeOf(text, '{cluster')}`, cannotTell: true }]);
});

test('reports the name of a port that the pods do not have', () => {
  const text = documents(
    ports('[{name: http, containerPort: 80}]'),
    service('selector: {app: api}\n  ports: [{port: 80, targetPort: web}]'),
  );
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'web}')}`,
      message: 'Service api sends to port web of Deployment api, where no port has that name',
      suggestion: 'write: http',
    },
  ]);
});

test('reports a port that the Service of the endpoint does not have', () => {
  const text = documents(to('http://agent.coralogix:4319'), agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'http://agent.coralogix:4319')}`,
      message: `${endpoint} of Deployment api names port 4319, which Service agent of namespace coralogix does not have`,
      suggestion: 'write: http://agent.coralogix:4317',
    },
  ]);
});

const ingress = (port: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: in, namespace: shop}
spec: {rules: [{http: {paths: [{path: /, backend: {service: {name: api, port: {${port}}}}}]}}]}
`;

test.each([
  ['number: 81', '80'],
  ['name: web', 'http'],
])('reports an Ingress to port %s', (port, write) => {
  const text = documents(
    deployment(),
    service('selector: {app: api}\n  ports: [{name: http, port: 80}]'),
    ingress(port),
  );
  const [, value = ''] = port.split(': ');
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, `${port}}`).replace(/\d+$/, (column) => `${Number(column) + port.length - value.length}`)}`,
      message: `Ingress in sends to port ${value} of Service api, which does not have it`,
      suggestion: `write: ${write}`,
    },
  ]);
});

test.each([
  ['an endpoint of a Service that is there', [to('http://agent.coralogix:4317'), agent()]],
  ['a namespace that was not read', [to('http://agent.monitoring:4317'), agent()]],
  [
    'an ExternalName of a host outside',
    [deployment(), service('type: ExternalName\n  externalName: db.example.com', 'db')],
  ],
  ['a selector of pods that are there', [deployment(), service('selector: {app: api}')]],
  ['a Service without pods where no workload was read', [service('selector: {app: api}')]],
  ['a Service without selector', [deployment(), service('clusterIP: None')]],
  [
    'ports by name and by number',
    [
      ports('[{name: http, containerPort: 80}]'),
      service(
        'selector: {app: api}\n  ports: [{port: 80, targetPort: http}, {port: 81, targetPort: 8081}, {port: 82}]',
      ),
      ingress('number: 81'),
    ],
  ],
  ['any port of a headless Service', [to('http://agent.coralogix:4319'), agent({ service: 'clusterIP: None' })]],
  ['an Ingress to a Service that was not read', [ingress('number: 80')]],
])('does not report %s', (_, texts) => {
  expect(report(rule, documents(...texts))).toEqual([]);
});

test('does not report the Service of the chart that is off, nor the cluster collector, which other rules do', () => {
  const alias = service('type: ExternalName\n  externalName: coralogix-opentelemetry.coralogix.svc', 'otel');
  const text = documents(to('http://otel:4317'), to('http://coralogix-opentelemetry-collector:4317', 'web'), alias);
  expect(report(rule, { 'app.yaml': text, 'values.yaml': chartValues() })).toEqual([]);
});

test.each([
  ['fullnameOverride: my-agent, service: { enabled: true }', 'write: http://my-agent.coralogix:4317'],
  [
    'enabled: false',
    "write: http://coralogix-opentelemetry.coralogix:4317, and in the chart's values: opentelemetry-agent: { enabled: true, service: { enabled: true } }",
  ],
])('suggests the agent rather than a similar name that makes no span metrics, with %s', (agentValues, suggestion) => {
  const values = chartValues(`opentelemetry-agent: { ${agentValues} }\n`);
  const text = to('http://coralogix-opentelemetry.coralogix:4317');
  const found = rule.check(
    readModel([
      { file: 'app.yaml', text },
      { file: 'values.yaml', text: values },
    ]),
  );
  expect(found.map((finding) => finding.suggestion)).toEqual([suggestion]);
});
