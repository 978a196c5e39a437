import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { functionSettings, resourceListIn } from '../../lib/instrument/resource-list.ts';
import { parseDocuments } from '../../lib/yaml/documents.ts';
import { listAt, textAt } from '../../lib/yaml/value.ts';
import { capturedRun } from '../cli/captured-run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const list = (config = '') => `apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: web # the shop
    annotations:
      internal.config.kubernetes.io/path: 'web.yaml'
      config.kubernetes.io/index: '0'
  spec:
    template:
      spec:
        containers:
        - name: app
          image: acme/web:1
- apiVersion: v1
  kind: Service
  metadata: {name: web}
${config}`;

test('a ResourceList comes back with its items instrumented, its comments and annotations, and results', async () => {
  const file = join(temporaryFolder(), 'list.yaml');
  const config = 'functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  data: {environment: staging}\n';
  writeFileSync(file, list(config));
  const { status, stdout } = await capturedRun('instrument', file);
  expect(status).toBe(0);
  expect(stdout.startsWith(list('').split('  spec:')[0] ?? '')).toBe(true);
  expect(stdout).toContain('deployment.environment=staging');
  const value = parseDocuments('a', stdout).documents[0]?.value;
  expect(listAt(value, 'items')).toHaveLength(2);
  expect(textAt(value, 'results', 0, 'message')).toBe('instrumented');
  expect(textAt(value, 'results', 0, 'resourceRef', 'name')).toBe('web');
  expect(listAt(value, 'results').map((result) => textAt(result, 'severity'))).toContain('warning');
});

test('the settings of a function are those of the command, and any other is refused', () => {
  expect(
    functionSettings({ functionConfig: { kind: 'ConfigMap', data: { endpoint: 'http://c:4317', protocol: 'grpc' } } }),
  ).toEqual({
    endpoint: 'http://c:4317',
    protocol: 'grpc',
    templates: [],
  });
  expect(() => functionSettings({ functionConfig: { spec: { enviroment: 'x', protocol: 'udp' } } })).toThrow(
    /no setting "enviroment"[\s\S]*"udp" of functionConfig is not known/,
  );
});

test.each([
  ['a list', { spec: { templates: [{ apiVersion: 'example.com/v1', kind: 'Worker', path: 'spec.pods' }] } }],
  [
    'the YAML of a list in a ConfigMap',
    { kind: 'ConfigMap', data: { templates: '[{ apiVersion: example.com/v1, kind: Worker, path: spec.pods }]' } },
  ],
])('a function takes custom kinds as %s', (_, functionConfig) => {
  expect(functionSettings({ functionConfig }).templates).toEqual([
    { apiVersion: 'example.com/v1', kind: 'Worker', path: 'spec.pods' },
  ]);
});

test.each([
  ['a list where text belongs', { environment: ['a'] }, 'environment of functionConfig is no text'],
  ['a template without a path', { templates: [{ apiVersion: 'v1', kind: 'A' }] }, 'templates.0.path'],
  ['templates that are no list', { templates: 'Worker=spec.pods' }, 'templates of functionConfig is no list'],
])('a function refuses %s', (_, spec, message) => {
  expect(() => functionSettings({ functionConfig: { spec } })).toThrow(message);
});

test('a function instruments the custom kinds of its configuration', async () => {
  const file = join(temporaryFolder(), 'list.yaml');
  const worker =
    '- { apiVersion: example.com/v1, kind: Worker, metadata: { name: w }, spec: { pods: { spec: { containers: [{ name: a, image: "a:1" }] } } } }\n';
  const config =
    'functionConfig: { kind: A, spec: { templates: [{ apiVersion: example.com/v1, kind: Worker, path: spec.pods }] } }\n';
  writeFileSync(file, list(worker + config));
  const { stdout } = await capturedRun('instrument', file);
  const value = parseDocuments('a', stdout).documents[0]?.value;
  expect(listAt(value, 'items', 2, 'spec', 'pods', 'spec', 'containers', 0, 'env').length).toBeGreaterThan(5);
});

test.each([
  'kind: List\napiVersion: v1\nitems: []\n',
  'a: |\n  kind: ResourceList\n',
  'kind: ResourceList\napiVersion: example.com/v1\n',
])('%s is no list of a function', (text) => {
  expect(resourceListIn(text)).toBeUndefined();
});

test('a list in JSON gets its results as well', async () => {
  const file = join(temporaryFolder(), 'list.json');
  const value = parseDocuments('a', list()).documents[0]?.value;
  writeFileSync(file, JSON.stringify(value, undefined, 2));
  const { stdout } = await capturedRun('instrument', file);
  const printed: unknown = JSON.parse(stdout);
  expect(listAt(printed, 'items')).toHaveLength(2);
  expect(listAt(printed, 'results').map((result) => textAt(result, 'message'))).toContain('instrumented');
});
