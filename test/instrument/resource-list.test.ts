import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { functionFlags, resourceListIn } from '../../lib/instrument/resource-list.ts';
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
    functionFlags({ functionConfig: { kind: 'ConfigMap', data: { endpoint: 'http://c:4317', protocol: 'grpc' } } }),
  ).toEqual({
    endpoint: 'http://c:4317',
    protocol: 'grpc',
  });
  expect(() => functionFlags({ functionConfig: { spec: { enviroment: 'x', protocol: 'udp' } } })).toThrow(
    /no setting "enviroment"[\s\S]*"udp" of functionConfig is not known/,
  );
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
