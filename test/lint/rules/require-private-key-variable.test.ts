import { expect, test } from 'vitest';
import { requirePrivateKeyVariable as rule } from '../../../lib/lint/rules/require-private-key-variable.ts';
import { chartValues } from './support/collectors.ts';
import { fixed, modelOf, report } from './support/lint-text.ts';
import { documents } from './support/manifests.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const agent = (text: string) => chartValues(`opentelemetry-agent:\n  ${text.trim().replaceAll('\n', '\n  ')}\n`);

/** The exporters of the catalog take the usual variable, whatever the preset of the exporter says. */
const noCatalog = 'kubernetesResources: { enabled: false }, hostEntityEvents: { enabled: false }';

const entry =
  '{ name: CORALOGIX_PRIVATE_KEY, valueFrom: { secretKeyRef: { name: coralogix-keys, key: PRIVATE_KEY } } }';

test('reports variables that take the one with the key away', () => {
  const text = agent(
    'extraEnvs: # ours\n  - name: HTTPS_PROXY\n    value: http://proxy:3128 # office\nmode: daemonset',
  );
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:5:3',
      message: 'extraEnvs of opentelemetry-agent has no CORALOGIX_PRIVATE_KEY, from which its exporter takes the key',
      suggestion: `add: ${entry}`,
    },
  ]);
  expect(fixed(rule, text)).toBe(
    agent(`extraEnvs: # ours
  - name: HTTPS_PROXY
    value: http://proxy:3128 # office
  - name: CORALOGIX_PRIVATE_KEY
    valueFrom:
      secretKeyRef:
        name: coralogix-keys
        key: PRIVATE_KEY
mode: daemonset`),
  );
});

test('mends a list that ends the file without a line end', () => {
  const text = agent('extraEnvs:\n  - name: A').trimEnd();
  expect(fixed(rule, text)).toMatch(/- name: A\n {4}- name: CORALOGIX_PRIVATE_KEY\n {6}valueFrom:\n/);
});

test('mends a list in flow style', () => {
  const flow = (more: string) => agent(`extraEnvs: [{ name: A, value: "1" }${more}]`);
  expect(fixed(rule, flow(''))).toBe(flow(`, ${entry}`));
});

test('reports every sub-chart that is installed, and the empty list', () => {
  const text = `${agent('extraEnvs: []')}opentelemetry-gateway:\n  enabled: true\n  extraEnvs: []\n`;
  expect(report(rule, text)).toMatchObject([{ at: 'app.yaml:5:3' }, { at: 'app.yaml:8:3' }]);
});

test('reports a key from a variable that nobody declares', () => {
  const text = agent(`presets: { coralogixExporter: { privateKey: "\${env:SEND_KEY}" }, ${noCatalog} }\nextraEnvs: []`);
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:6:3',
      message: 'extraEnvs of opentelemetry-agent has no SEND_KEY, from which its exporter takes the key',
      suggestion: 'add: { name: SEND_KEY, valueFrom: { secretKeyRef: { name: SECRET, key: KEY } } }',
    },
  ]);
  expect(rule.check(modelOf(text))[0]?.fix).toBeUndefined();
});

test.each([
  ['hostEntityEvents', 'opentelemetry-agent', 'coralogixExporter: { enabled: false }'],
  ['hostEntityEvents', 'opentelemetry-agent', 'coralogixExporter: { privateKey: "${file:/etc/key}" }'],
  ['kubernetesResources', 'opentelemetry-cluster-collector', 'coralogixExporter: { enabled: false }'],
])('reports the key that %s of %s takes, with %s', (_, alias, presets) => {
  const text = chartValues(`${alias}: { presets: { ${presets} }, extraEnvs: [] }\n`);
  const message = `extraEnvs of ${alias} has no CORALOGIX_PRIVATE_KEY, from which its exporter takes the key`;
  expect(report(rule, text)).toMatchObject([{ message, suggestion: `add: ${entry}` }]);
});

test('reports the variable of an additional account that the catalog is sent to', () => {
  const endpoint = '{ enabled: true, name: two, domain: eu1.coralogix.com, privateKey: "${SECOND}" }';
  const text = `${chartValues('opentelemetry-agent: { enabled: false }\n').replace('global:', `global:\n  additionalEndpoints: [${endpoint}]`)}`;
  expect(report(rule, text).map(({ message }) => message)).toEqual([
    'extraEnvs of opentelemetry-cluster-collector has no SECOND, from which its exporter takes the key',
  ]);
});

test('reports a rendered collector whose pods do not have it', () => {
  const settings = 'exporters: { coralogix: { private_key: "${env:CORALOGIX_PRIVATE_KEY}" } }';
  const text = mounted({ config: countingSpans({ settings }), container: 'env: [{ name: OTHER, value: x }]' });
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:36:11',
      message: 'DaemonSet agent has no CORALOGIX_PRIVATE_KEY, from which its exporter takes the key',
      suggestion: `add to its env: ${entry}`,
    },
  ]);
});

test('mends nothing where the right Secret, or the style, is not known', () => {
  const unknownSecret = agent(
    `presets: { coralogixExporter: { privateKey: "\${env:K}" }, ${noCatalog} }\nextraEnvs: [{ name: A }]`,
  );
  expect([unknownSecret, agent('extraEnvs: []')].map((text) => rule.check(modelOf(text))[0]?.fix)).toEqual([
    undefined,
    undefined,
  ]);
});

test.each([
  ['no variables', 'mode: daemonset'],
  ['the key among them', `extraEnvs:\n  - ${entry}\n  - { name: A, value: b }`],
  ['a Secret as a whole', 'extraEnvs: []\nextraEnvsFrom: [{ secretRef: { name: keys } }]'],
  [
    'a key that is no variable',
    `extraEnvs: []\npresets: { coralogixExporter: { privateKey: "\${file:/etc/key}" }, ${noCatalog} }`,
  ],
  ['no exporter', `extraEnvs: []\npresets: { coralogixExporter: { enabled: false }, ${noCatalog} }`],
  ['an agent that is off', 'enabled: false\nextraEnvs: []'],
])('does not report %s', (_, text) => {
  expect(report(rule, agent(text))).toEqual([]);
});

test('does not report rendered collectors that have it, or may have it', () => {
  const config = countingSpans({ settings: 'exporters: { coralogix: { private_key: "${CORALOGIX_PRIVATE_KEY}" } }' });
  expect(report(rule, mounted({ config }))).toEqual([]);
  const open = mounted({ config, container: 'envFrom: [{ secretRef: { name: keys } }]' });
  const beside = (text: string) =>
    text.replace('containers:\n', 'containers:\n        - { name: proxy, image: envoy }\n');
  expect([open, beside(open), beside(mounted({ config }))].flatMap((text) => report(rule, text))).toEqual([]);
  expect(report(rule, documents(open, mounted({ config, namespace: 'other' })))).toEqual([]);
});

const plain = (text: string) => `mode: daemonset
presets:
  coralogixExporter: { enabled: true }
${text}`;

test('reports values of the plain chart that give it no key', () => {
  const message =
    'extraEnvs of opentelemetry-collector has no CORALOGIX_PRIVATE_KEY, from which its exporter takes the key';
  expect(report(rule, plain(''))).toMatchObject([{ message, suggestion: `add: ${entry}` }]);
  expect(report(rule, plain('extraEnvs: [{ name: A, value: "1" }]'))).toMatchObject([{ at: 'app.yaml:4:1', message }]);
});

test.each([
  ['the key', `extraEnvs: [${entry}]`],
  ['a whole Secret', 'extraEnvsFrom: [{ secretRef: { name: coralogix-keys } }]'],
])('does not report values of the plain chart with %s', (_, text) => {
  expect(report(rule, plain(text))).toEqual([]);
});
