import { expect, test } from 'vitest';
import { requirePrivateKeySecret as rule } from '../../../lib/lint/rules/require-private-key-secret.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';

const secret = (namespace: string, data = 'PRIVATE_KEY: eHh4', name = 'coralogix-keys') => `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  namespace: ${namespace}
data: { ${data} }
`;
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: coralogix }\n';
const values = chartValues();
const message = 'Secret coralogix-keys is in namespace shop, and the collectors of values.yaml read it in coralogix';

test('reports the Secret beside the application', () => {
  const files = { 'secret.yaml': secret('shop'), 'namespace.yaml': namespace, 'values.yaml': values };
  expect(report(rule, files)).toEqual([{ at: 'secret.yaml:5:14', message, suggestion: 'write: namespace: coralogix' }]);
});

test('cannot tell where nothing says in which namespace the release is', () => {
  const other = namespace.replace('coralogix', 'shop');
  expect(report(rule, { 'secret.yaml': secret('shop'), 'namespace.yaml': other, 'values.yaml': values })).toEqual([
    { at: 'secret.yaml:5:14', message, suggestion: 'write: namespace: coralogix', cannotTell: true },
  ]);
});

test('reports an ExternalSecret that makes it there', () => {
  const external = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: keys, namespace: shop }
spec:
  target: { name: coralogix-keys }
  data: [{ secretKey: PRIVATE_KEY }]
`;
  expect(report(rule, { 'secret.yaml': external, 'namespace.yaml': namespace, 'values.yaml': values })).toMatchObject([
    { at: 'secret.yaml:3:36', message },
  ]);
});

test('reports a Secret without the key', () => {
  expect(report(rule, { 'secret.yaml': secret('coralogix', 'privateKey: eHh4'), 'values.yaml': values })).toEqual([
    {
      at: 'secret.yaml:4:9',
      message: 'Secret coralogix-keys has no key PRIVATE_KEY, from which the collectors of values.yaml take theirs',
      suggestion: 'write the Send-Your-Data key as PRIVATE_KEY',
    },
  ]);
});

test('looks for the Secret that the values name', () => {
  const own = chartValues(`opentelemetry-agent:
  extraEnvs:
    - { name: CORALOGIX_PRIVATE_KEY, valueFrom: { secretKeyRef: { name: own, key: TOKEN } } }
`);
  const files = { 'secret.yaml': secret('coralogix', 'PRIVATE_KEY: eHh4', 'own'), 'values.yaml': own };
  expect(report(rule, files)).toMatchObject([{ message: expect.stringContaining('Secret own has no key TOKEN') }]);
});

test.each([
  ['the Secret in the namespace of the release', secret('coralogix'), values],
  ['another Secret', secret('shop', 'password: eHh4', 'shop'), values],
  [
    'no collector that reads it',
    secret('shop'),
    chartValues('opentelemetry-agent: { enabled: false }\nopentelemetry-cluster-collector: { enabled: false }\n'),
  ],
])('does not report %s', (_, manifest, of) => {
  expect(report(rule, { 'secret.yaml': manifest, 'namespace.yaml': namespace, 'values.yaml': of })).toEqual([]);
});

test('does not report the Secret where the release is said to be', () => {
  const files = { 'secret.yaml': secret('shop'), 'values.yaml': values };
  expect(report(rule, files, { releaseNamespace: 'shop' })).toEqual([]);
});
