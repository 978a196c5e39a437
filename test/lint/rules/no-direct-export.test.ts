import { expect, test } from 'vitest';
import { noDirectExport as rule } from '../../../lib/lint/rules/no-direct-export.ts';
import { agent } from './support/collectors.ts';
import { placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, fromConfigMap, literal } from './support/manifests.ts';

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const ingress = 'https://ingress.eu2.coralogix.com:443';

test.each([endpoint, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])('reports %s of Coralogix', (name) => {
  const text = documents(deployment({ env: literal(name, ingress) }), agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, ingress)}`,
      message: `${name} of Deployment api is "${ingress}", past every collector`,
      suggestion: 'write: http://agent.coralogix:4317',
    },
  ]);
});

test('names the collector that makes span metrics where no agent does', () => {
  const others = [agent({ spanMetrics: false }), agent({ name: 'central', kind: 'Deployment' })];
  expect(report(rule, documents(deployment({ env: literal(endpoint, ingress) }), ...others))).toMatchObject([
    { suggestion: 'write: http://central.coralogix:4317' },
  ]);
  expect(report(rule, deployment({ env: literal(endpoint, 'ingress.eu2.coralogix.com:443') }))).toMatchObject([
    {
      suggestion:
        "write: http://coralogix-opentelemetry.coralogix:4317, and in the chart's values opentelemetry-agent.service.enabled: true",
    },
  ]);
});

test('reports one value of a ConfigMap once, with all who read it', () => {
  const users = ['a', 'b'].map((name) => deployment({ name, env: fromConfigMap(endpoint) }));
  expect(report(rule, documents(configMap({ [endpoint]: ingress }), ...users))).toMatchObject([
    {
      at: 'app.yaml:7:32',
      message: `${endpoint} of Deployment a and Deployment b is "${ingress}", past every collector`,
    },
  ]);
});

test('reports ingest in a variable of another name', () => {
  const text = documents(deployment({ env: literal('CX_ENDPOINT', ingress) }), agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, ingress)}`,
      message: `CX_ENDPOINT of Deployment api is "${ingress}", past every collector`,
      suggestion: `remove it, and write: ${endpoint}=http://agent.coralogix:4317`,
    },
  ]);
});

test('reports an endpoint that leads to something else than a collector', () => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}}\n';
  const text = documents(
    deployment({ env: literal(endpoint, 'http://web:4317') }),
    deployment({ name: 'web' }),
    service,
  );
  expect(report(rule, documents(text, agent()))).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'http://web')}`,
      message: `${endpoint} of Deployment api leads to Deployment web, which is no collector`,
      suggestion: 'write: http://agent.coralogix:4317',
    },
  ]);
  expect(report(rule, text)).toEqual([]);
});

test.each([
  ['an endpoint of the agent', literal(endpoint, 'http://agent.coralogix:4317')],
  ['the domain of Coralogix', literal('CX_DOMAIN', 'eu2.coralogix.com')],
  ['other hosts of Coralogix', literal('CX_API', 'https://api.eu2.coralogix.com/mgmt')],
  [
    'a general endpoint that the one for traces overrides',
    literal(endpoint, ingress) + literal('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'http://agent.coralogix:4317'),
  ],
  ['an endpoint outside, which may be a collector', literal(endpoint, 'https://otel.example.com:4317')],
])('does not report %s', (_, env) => {
  expect(report(rule, documents(deployment({ env }), agent()))).toEqual([]);
});

test('does not report a collector, whose business it is, nor a datastore that reads a whole ConfigMap', () => {
  const collector = deployment({ image: 'otel/opentelemetry-collector:0.155.0', env: literal(endpoint, ingress) });
  const datastore = deployment({ image: 'postgres:15', container: 'envFrom: [{configMapRef: {name: shop-config}}]' });
  expect(report(rule, documents(collector, datastore, configMap({ [endpoint]: ingress })))).toEqual([]);
});
