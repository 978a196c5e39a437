import { expect, test } from 'vitest';
import { requireServiceName as rule } from '../../../lib/lint/rules/require-service-name.ts';
import { agent } from './support/collectors.ts';
import { placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, fromConfigMap, literal } from './support/manifests.ts';

const endpoint = literal('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://agent.coralogix:4317');
const named = (name: string) => deployment({ name, env: endpoint + literal('OTEL_SERVICE_NAME', name) });

test.each([
  ['no name', endpoint],
  ['an empty name', endpoint + literal('OTEL_SERVICE_NAME', '""')],
  ['attributes without a name', endpoint + literal('OTEL_RESOURCE_ATTRIBUTES', 'team=shop')],
])('reports a container with %s', (_, env) => {
  const text = deployment({ env });
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'env:')}`,
      message: 'Deployment api sends spans, and container app has no service name',
      suggestion: 'add: OTEL_SERVICE_NAME=api',
    },
  ]);
});

test('reports an SDK that only its command shows', () => {
  expect(report(rule, deployment({ container: 'command: [opentelemetry-instrument, python, app.py]' }))).toHaveLength(
    1,
  );
  expect(report(rule, deployment({ env: literal('NODE_OPTIONS', '--require @opentelemetry/register') }))).toHaveLength(
    1,
  );
});

test('cannot tell what a workload sends that says nothing, where most others do', () => {
  const text = documents(named('a'), named('b'), deployment({ name: 'frontend' }));
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'frontend')}`,
      message:
        'Deployment frontend has no variable of an SDK, and 2 of 3 workloads of namespace shop have: whether spans come from there is not known',
      suggestion: 'add: OTEL_SERVICE_NAME=frontend',
      cannotTell: true,
    },
  ]);
});

test.each([
  ['OTEL_SERVICE_NAME', endpoint + literal('OTEL_SERVICE_NAME', 'api')],
  ['SERVICE_NAME, which the program reads', endpoint + literal('SERVICE_NAME', 'api')],
  ['service.name among the attributes', endpoint + literal('OTEL_RESOURCE_ATTRIBUTES', 'service.name=api')],
  ['a name that was not read', endpoint + fromConfigMap('OTEL_SERVICE_NAME')],
  ['the name of the pod', `${endpoint}- {name: OTEL_SERVICE_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}`],
  ['the option of a Java agent', endpoint + literal('JAVA_TOOL_OPTIONS', '-Dotel.service.name=api')],
])('does not report a name by %s', (_, env) => {
  expect(report(rule, deployment({ env }))).toEqual([]);
});

test('does not report a collector of an image that it does not know, but the program beside one', () => {
  const own = agent().replace(/image: .*/, 'image: registry.example.com/telemetry:1');
  const withAttributes = own.replace(
    '          ports:',
    '          env: [{name: OTEL_RESOURCE_ATTRIBUTES, value: a=b}]\n          ports:',
  );
  expect(report(rule, withAttributes)).toEqual([]);
  const program = '        - {name: app, image: app, env: [{name: OTEL_TRACES_EXPORTER, value: otlp}]}\n      volumes:';
  expect(report(rule, own.replace('      volumes:', program))).toHaveLength(1);
});

test('does not report the operator, datastores, proxies, collectors, or workloads of which few send spans', () => {
  const metadata = 'annotations: {instrumentation.opentelemetry.io/inject-nodejs: "true"}';
  const whole = 'envFrom: [{configMapRef: {name: shop-config}}]';
  const text = documents(
    configMap({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://agent.coralogix:4317' }),
    named('a'),
    named('b'),
    deployment({ name: 'injected', metadata }),
    deployment({ name: 'redis', image: 'docker.io/bitnami/redis:7', container: whole }),
    deployment({ name: 'db', kind: 'StatefulSet', image: 'postgres:15' }),
    deployment({ name: 'proxy', image: 'traefik:v3' }),
    deployment({ name: 'batch', kind: 'CronJob' }),
    deployment({ name: 'mixed', image: 'redis:7', pod: 'initContainers: []' }).replace(
      '      initContainers',
      '        - {name: side, image: own}\n      initContainers',
    ),
    agent({ namespace: 'shop' }),
  );
  expect(report(rule, text)).toEqual([]);
  const few = documents(named('a'), ...['b', 'c', 'd'].map((name) => deployment({ name, namespace: 'shop' })));
  expect(report(rule, few)).toEqual([]);
});
