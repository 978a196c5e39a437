import { expect, test } from 'vitest';
import { noHostDetector as rule } from '../../../lib/lint/rules/no-host-detector.ts';
import { placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, fromConfigMap, literal } from './support/manifests.ts';

test.each([
  ['OTEL_NODE_RESOURCE_DETECTORS', 'env,host,os', 'host', 'env,os'],
  ['OTEL_EXPERIMENTAL_RESOURCE_DETECTORS', 'otel, host', 'host', 'otel'],
  ['OTEL_DOTNET_AUTO_RESOURCE_DETECTORS', 'HOST', 'HOST', 'env'],
  ['OTEL_PHP_DETECTORS', 'all', 'all', 'env'],
])('reports the host among %s', (name, value, host, write) => {
  const text = deployment({ env: literal(name, value) });
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, `${value}\n`)}`,
      message: `${name} of Deployment api has ${host}, so host.name is the pod's name`,
      suggestion: `write: ${write}`,
    },
  ]);
});

test('reports detectors in a shared ConfigMap once', () => {
  const name = 'OTEL_NODE_RESOURCE_DETECTORS';
  const users = ['a', 'b'].map((user) => deployment({ name: user, env: fromConfigMap(name) }));
  expect(report(rule, documents(configMap({ [name]: 'host' }), ...users))).toMatchObject([{ at: 'app.yaml:7:33' }]);
});

test.each([
  ['other detectors', literal('OTEL_NODE_RESOURCE_DETECTORS', 'env,os,process')],
  ['a detector whose name begins alike', literal('OTEL_NODE_RESOURCE_DETECTORS', 'hostarch')],
  ['none', literal('OTEL_NODE_RESOURCE_DETECTORS', 'none')],
  ['a variable of another name', literal('OTEL_RESOURCE_ATTRIBUTES', 'role=host') + literal('DETECTORS', 'host')],
  ['detectors that were not read', fromConfigMap('OTEL_NODE_RESOURCE_DETECTORS')],
])('does not report %s', (_, env) => {
  expect(report(rule, deployment({ env }))).toEqual([]);
});
