import { expect, test } from 'vitest';
import { noLiteralSecret as rule } from '../../../lib/lint/rules/no-literal-secret.ts';
import { chartValues } from './support/collectors.ts';
import { lintText, objectsOf, placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, literal } from './support/manifests.ts';

// Put together, so that no scanner takes these files for a leak.
const key = ['cxtp', 'AbCdEf0123456789AbCdEf'].join('_');
const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';

const secret = (data: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: shop-secrets}\n${data}\n`;

test.each([
  ['OPENAI_API_KEY', key, 'a Coralogix API key'],
  ['DB_PASSWORD', 'mysecretpassword', 'a secret, as its name shows'],
  ['CX_PRIVATE_KEY', uuid, 'a secret, as its name shows'],
  ['DATABASE_URL', 'postgresql://me:hunter2@db/shop', 'a URL with a password'],
])('reports %s in a container, and does not tell it', (name, value, what) => {
  const text = deployment({ env: literal(name, value) });
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, value)}`,
      message: `${name} of Deployment api holds ${what}; a secret belongs in no file`,
      suggestion: `write: valueFrom: { secretKeyRef: { name: SECRET, key: ${name} } }`,
    },
  ]);
  expect(lintText(rule, text).map(({ confidential }) => confidential)).toEqual([true]);
  expect(objectsOf(rule, text)).toEqual(['Deployment api']);
});

test('reports a value of a ConfigMap', () => {
  const text = configMap({ URL: 'http://a', REDIS_PASSWORD: 'hunter2' });
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:8:19',
      message: 'REDIS_PASSWORD of ConfigMap shop-config holds a secret, as its name shows; a secret belongs in no file',
      suggestion: 'remove it, and name a Secret that holds it',
    },
  ]);
});

test('reports each line of a file in a ConfigMap by the name that it has there', () => {
  const text = configMap({ 'app.ini': `|\n    # settings\n    api_key = "${key}"\n\n    password: hunter2` });
  expect(report(rule, text).map(({ at, message, cannotTell }) => [at, message, cannotTell])).toEqual([
    [
      'app.yaml:9:5',
      'app.ini of ConfigMap shop-config holds a Coralogix API key; a secret belongs in no file',
      undefined,
    ],
    ['app.yaml:11:5', 'password of ConfigMap shop-config holds a password; a secret belongs in no file', undefined],
  ]);
});

test('cannot tell of a setting in a program whether it is code, but of a token', () => {
  const text = configMap({ 'run.py': `|\n    import os\n    SECRET = "s3cret"\n    KEY = "${key}"` });
  expect(report(rule, text).map(({ at, cannotTell }) => [at, cannotTell])).toEqual([
    ['app.yaml:9:5', true],
    ['app.yaml:10:5', undefined],
  ]);
});

test.each([
  ['stringData: {PASSWORD: hunter2}', 'hunter2'],
  [`data: {TOKEN: ${btoa(key)}}`, btoa(key)],
  [`data: {config: ${btoa('user: shop\npassword: hunter2\n')}}`, btoa('user: shop\npassword: hunter2\n')],
  ['stringData: {PASSWORD: changeme}', 'changeme'],
])('reports a Secret with its data: %s', (data, value) => {
  const text = secret(data);
  expect(report(rule, text)).toMatchObject([
    {
      at: `app.yaml:${placeOf(text, value)}`,
      suggestion: 'remove it; make the Secret with kubectl, or write an ExternalSecret',
    },
  ]);
});

test('reports values of a chart, and arguments of a command', () => {
  const values = chartValues(
    `opentelemetry-agent:\n  extraEnvs:\n    - name: CORALOGIX_PRIVATE_KEY\n      value: ${uuid}\n`,
  );
  expect(report(rule, { 'values.yaml': values })).toEqual([
    {
      at: 'values.yaml:7:14',
      message: 'CORALOGIX_PRIVATE_KEY holds a secret, as its name shows; a secret belongs in no file',
      suggestion: 'remove it, and name a Secret that holds it',
    },
  ]);
  expect(report(rule, deployment({ container: `args: ["--key=${key}"]` }))).toMatchObject([
    { message: 'args of Deployment api holds a Coralogix API key; a secret belongs in no file' },
  ]);
});

test.each([
  ['a value under the name of a secret', 'redis:\n  auth:\n    password:\n      value: hunter2\n', 'password'],
  ['a number', 'redis:\n  auth:\n    password: 12345678\n', 'password'],
  ['the argument after a flag', 'redis:\n  args: [--api-token, hunter2]\n', '--api-token'],
  ['an entry of a list with a key', 'headers:\n  - key: x-api-key\n    value: hunter2\n', 'x-api-key'],
])('reports in values %s', (_, text, name) => {
  expect(report(rule, { 'values.yaml': chartValues(text) }).map(({ message }) => message)).toEqual([
    `${name} holds a secret, as its name shows; a secret belongs in no file`,
  ]);
});

test('does not show a key that is a secret itself', () => {
  const messages = report(rule, configMap({ [key]: key })).map(({ message }) => message);
  expect(messages).toEqual(['a key of ConfigMap shop-config holds a Coralogix API key; a secret belongs in no file']);
});

test.each([
  [
    'references',
    deployment({ env: '- {name: K, valueFrom: {secretKeyRef: {name: shop-secrets, key: OPENAI_API_KEY}}}' }),
  ],
  ['a variable that refers to another', deployment({ env: literal('DB_PASSWORD', '$(OTHER)') })],
  ['placeholders', secret('stringData: {PASSWORD: your-password, TOKEN: <your-token>, API_KEY: "REPLACE_ME"}')],
  ['user names', secret('stringData: {username: admin}')],
  ['limits on tokens', configMap({ CLUSTER_ID: 'MkU3OEVBNTcwNTJENDM2Qk', MAX_TOKENS: '"4096"', TOKEN_LIMIT: '"100"' })],
  [
    'the environment of a collector in a configuration',
    configMap({ relay: '|\n    exporters:\n      coralogix:\n        private_key: ${env:CORALOGIX_PRIVATE_KEY}' }),
  ],
  ['code in a ConfigMap', configMap({ 'run.sh': '|\n    token=$(cat /run/token)\n    PASSWORD="$DB_PASSWORD"' })],
  [
    'digests and checksums',
    deployment({
      image: `app@sha256:${'0123456789abcdef'.repeat(4)}`,
      metadata: `annotations: {checksum/secret: ${'ab12'.repeat(16)}}`,
    }),
  ],
  [
    'names of Secrets in values',
    chartValues(
      'redis:\n  auth:\n    existingSecret: redis-secret\n    secretKey: REDIS_PASSWORD\n    usePassword: true\n',
    ),
  ],
  [
    'an encrypted Secret',
    'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: a}\nspec: {encryptedData: {PASSWORD: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq}}\n',
  ],
  [
    'an ExternalSecret',
    'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a}\nspec: {data: [{secretKey: DB_PASSWORD, remoteRef: {key: shop, property: password}}]}\n',
  ],
  [
    'certificates',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {ca.crt: MIIDdzCCAl0gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJRTESMBAGA1UE}\n',
  ],
])('does not report %s', (_, text) => {
  expect(report(rule, documents(text))).toEqual([]);
});
