import { expect, test } from 'vitest';
import { validConfigReference as rule } from '../../../lib/lint/rules/valid-config-reference.ts';
import { placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, fromConfigMap, indented } from './support/manifests.ts';

const config = configMap({ ENDPOINT: 'x', REDIS_URL: 'y' });

const secretKey = (name: string, key: string, more = '') =>
  `- {name: KEY, valueFrom: {secretKeyRef: {name: ${name}, key: ${key}${more}}}}`;

const secret = (kind: string, body: string, name = 'shop-secrets') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\n${body}\n`;

test('reports a key that a ConfigMap does not have, once, with all who read it', () => {
  const users = ['a', 'b'].map((name) => deployment({ name, env: fromConfigMap('E', 'ENDPOINTS') }));
  const text = documents(config, ...users);
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'ENDPOINTS')}`,
      message:
        'ConfigMap shop-config of namespace shop has no key ENDPOINTS, to which Deployment a and Deployment b refer',
      suggestion: 'write: ENDPOINT',
    },
  ]);
});

test.each([
  ['Secret', 'stringData: {TOKEN: x}'],
  ['ExternalSecret', 'spec: {data: [{secretKey: TOKEN}]}'],
  ['SealedSecret', 'spec: {encryptedData: {TOKEN: x}}'],
])('reports a key that a %s does not have', (kind, body) => {
  const text = documents(secret(kind, body), deployment({ env: secretKey('shop-secrets', 'PASSWORD') }));
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'PASSWORD')}`,
      message: 'Secret shop-secrets of namespace shop has no key PASSWORD, to which Deployment api refers',
      suggestion: 'add PASSWORD to it, or write: TOKEN',
    },
  ]);
});

test.each([
  ['a volume', 'volumes: [{name: v, configMap: {name: shop-config, items: [{key: nginx.conf, path: a}]}}]'],
  [
    'a projected volume',
    'volumes: [{name: v, projected: {sources: [{configMap: {name: shop-config, items: [{key: nginx.conf, path: a}]}}]}}]',
  ],
  [
    'an init container',
    'initContainers: [{name: i, env: [{name: A, valueFrom: {configMapKeyRef: {name: shop-config, key: nginx.conf}}}]}]',
  ],
])('reports a missing key of %s', (_, pod) => {
  const text = documents(config, deployment({ pod }));
  expect(report(rule, text)).toMatchObject([
    {
      at: `app.yaml:${placeOf(text, 'nginx.conf')}`,
      suggestion: 'add nginx.conf to it, or write: ENDPOINT or REDIS_URL',
    },
  ]);
});

test.each([
  ['a variable', { env: fromConfigMap('A', 'ENDPOINT', 'shop-confg') }],
  ['envFrom', { container: 'envFrom: [{configMapRef: {name: shop-confg}}]' }],
  ['a volume', { pod: 'volumes: [{name: v, configMap: {name: shop-confg}}]' }],
])('reports the misspelt name of a ConfigMap in %s', (_, props) => {
  const text = documents(config, deployment(props));
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'shop-confg')}`,
      message: 'ConfigMap shop-confg, to which Deployment api refers, is in no file that was read',
      suggestion: 'write: shop-config',
    },
  ]);
});

test('cannot tell whether a ConfigMap is there that was not read, once', () => {
  const users = ['a', 'b'].map((name) => deployment({ name, env: fromConfigMap('A', 'A', 'other') }));
  expect(report(rule, documents(config, ...users))).toMatchObject([
    {
      message: 'ConfigMap other, to which Deployment a and Deployment b refer, is in no file that was read',
      cannotTell: true,
    },
  ]);
});

test('cannot tell whether a Secret is another one that has nearly its name', () => {
  const text = documents(secret('Secret', 'data: {}'), deployment({ env: secretKey('shop-secret', 'TOKEN') }));
  expect(report(rule, text)).toMatchObject([{ suggestion: 'write: shop-secrets', cannotTell: true }]);
});

test.each([
  ['keys that are there', [config, deployment({ env: fromConfigMap('ENDPOINT') })]],
  [
    'an optional reference',
    [
      config,
      deployment({
        env: indented(
          `- name: A
  valueFrom:
    configMapKeyRef: {name: shop-config, key: MISSING, optional: true}`,
          0,
        ),
      }),
    ],
  ],
  [
    'an optional volume',
    [config, deployment({ pod: 'volumes: [{name: v, configMap: {name: none, optional: true}}]' })],
  ],
  ['a Secret that was not read', [deployment({ env: secretKey('shop-secrets', 'TOKEN') })]],
  [
    'a Secret whose keys the store or a template decides',
    [
      secret('ExternalSecret', 'spec: {dataFrom: [{extract: {key: all}}]}', 'a'),
      secret('ExternalSecret', 'spec: {target: {template: {data: {T: x}}}, data: [{secretKey: X}]}', 'b'),
      deployment({ env: secretKey('a', 'T') }),
      deployment({ name: 'other', env: secretKey('b', 'T') }),
    ],
  ],
  [
    'a key that another manifest of the same ConfigMap has',
    [config, configMap({ MORE: 'x' }), deployment({ env: fromConfigMap('ENDPOINT') })],
  ],
  [
    'the certificate that every namespace has',
    [deployment({ pod: 'volumes: [{name: v, configMap: {name: kube-root-ca.crt}}]' })],
  ],
])('does not report %s', (_, texts) => {
  expect(report(rule, documents(...texts))).toEqual([]);
});

test('does not take a ConfigMap with another number for the one that is meant', () => {
  const text = documents(
    configMap({ A: 'x' }, 'shop-config-1'),
    deployment({ env: fromConfigMap('A', 'A', 'shop-config-2') }),
  );
  expect(report(rule, text)).toMatchObject([{ cannotTell: true }]);
});
