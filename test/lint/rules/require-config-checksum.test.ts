import { expect, test } from 'vitest';
import { requireConfigChecksum as rule } from '../../../lib/lint/rules/require-config-checksum.ts';
import { placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, fromConfigMap } from './support/manifests.ts';

const config = configMap({ A: 'x' });
const whole = 'envFrom: [{configMapRef: {name: shop-config}}]';

test.each([
  ['a key', { kind: 'Deployment', env: fromConfigMap('A') }],
  ['all keys', { kind: 'Deployment', container: whole }],
  ['a key, in a StatefulSet', { kind: 'StatefulSet', env: fromConfigMap('A') }],
])('reports pods that read %s', (_, props) => {
  const text = documents(config, deployment(props));
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'labels:\n        app')}`,
      message: `${props.kind} api reads ConfigMap shop-config into its environment, and nothing restarts its pods when that changes`,
      suggestion: 'add to the pod template: annotations: { checksum/config: CHECKSUM }',
    },
  ]);
});

const reader = (more: object) => deployment({ container: whole, ...more });

test.each([
  ['a checksum', [config, reader({ metadata: 'annotations: {checksum/config: "1"}' })]],
  ['a controller that watches', [config, reader({ metadata: 'annotations: {reloader.stakater.com/auto: "true"}' })]],
  [
    'a controller that watches, named at the workload',
    [
      config,
      reader({}).replace('  namespace: shop', '  namespace: shop\n  annotations: {reloader.stakater.com/auto: "true"}'),
    ],
  ],
  ['an immutable ConfigMap', [`${config}immutable: true\n`, reader({})]],
  [
    'a name with a hash',
    [
      configMap({ A: 'x' }, 'shop-config-k8h7t9g2mb'),
      deployment({ env: fromConfigMap('A', 'A', 'shop-config-k8h7t9g2mb') }),
    ],
  ],
  ['a ConfigMap that was not read', [reader({})]],
  ['a job, which reads it at its next run', [config, reader({ kind: 'Job' })]],
  ['pods that read none', [config, deployment()]],
  [
    'a volume, which is kept up to date',
    [config, deployment({ pod: 'volumes: [{name: v, configMap: {name: shop-config}}]' })],
  ],
])('does not report %s', (_, texts) => {
  expect(report(rule, documents(...texts))).toEqual([]);
});
