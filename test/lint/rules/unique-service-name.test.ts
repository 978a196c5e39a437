import { expect, test } from 'vitest';
import { uniqueServiceName as rule } from '../../../lib/lint/rules/unique-service-name.ts';
import { placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, fromConfigMap, literal } from './support/manifests.ts';

const named = (name: string, service: string, more = {}) =>
  deployment({ name, env: literal('OTEL_SERVICE_NAME', service), ...more });

test('reports the second of two workloads with one name', () => {
  const text = documents(named('orders', 'shop'), named('queue', '"shop"'));
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, '"shop"')}`,
      message: 'Deployment orders and Deployment queue of namespace shop have one service name, shop',
      suggestion: 'write: queue',
    },
  ]);
});

test('reports a name in a shared ConfigMap where it stands', () => {
  const env = literal('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://a:4317') + fromConfigMap('SERVICE_NAME');
  const users = ['a', 'b', 'c'].map((name) => deployment({ name, env }));
  expect(report(rule, documents(configMap({ SERVICE_NAME: 'shop' }), ...users))).toEqual([
    {
      at: 'app.yaml:7:17',
      message: 'Deployment a, Deployment b and Deployment c of namespace shop have one service name, shop',
      suggestion: 'remove it, and set SERVICE_NAME in each of them to its own name',
    },
  ]);
});

test.each([
  ['names of their own', [named('a', 'a'), named('b', 'b')]],
  ['one name in two namespaces', [named('a', 'a'), named('a', 'a', { namespace: 'staging' })]],
  ['a canary beside what it replaces', [named('a', 'a'), named('a-canary', 'a')]],
  ['a job beside its service', [named('a', 'a'), named('a-migrate', 'a', { kind: 'Job' })]],
  ['one workload that was read twice', [named('a', 'a'), named('a', 'a')]],
  ['names that are not known', [deployment({ name: 'a', env: fromConfigMap('OTEL_SERVICE_NAME') }), named('b', 'b')]],
  [
    'the same other name where the one that wins differs',
    ['a', 'b'].map((name) =>
      named(name, '', { env: literal('OTEL_SERVICE_NAME', name) + literal('SERVICE_NAME', 'x') }),
    ),
  ],
])('does not report %s', (_, texts) => {
  expect(report(rule, documents(...texts))).toEqual([]);
});
