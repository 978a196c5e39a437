import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deployment, literal } from '../instrument/support/instrumented.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { capturedRun } from './captured-run.ts';

const web = `${deployment(literal('A', '1'))}\n`;
const redis = `${deployment('', { image: 'redis:7' }).replaceAll('web', 'cache')}`;
const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: coralogix-opentelemetry-collector }\n';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

test('prints manifests on standard output and the report on standard error', async () => {
  const folder = folderWith({ 'a.yaml': web, 'b.yaml': redis, 'c.yaml': service, 'values.yaml': 'replicas: 1\n' });
  const { status, stdout, stderr } = await capturedRun('instrument', folder, '--environment', 'production');
  expect(status).toBe(0);
  expect(stdout.split(/^---$/m)).toEqual([
    expect.stringContaining('k8s.pod.ip=$(K8S_POD_IP)'),
    `\n${redis}`,
    `\n${service}`,
  ]);
  expect(stderr.split('\n')).toEqual([
    'deployment "web" instrumented',
    'deployment "cache" skipped: off-the-shelf container app runs redis, a datastore',
    'warning: unknown-language the language is not known, so grpc is assumed: deployment "web"',
    expect.stringMatching(/^left out, because they hold no objects for a cluster: .*values\.yaml$/),
    expect.stringMatching(/^3 objects read: 2 with pods \(1 instrumented, 1 skipped\), 1 without\./),
    '',
  ]);
  expect(read(folder, 'a.yaml')).toBe(web);
});

test('--write changes the files, a second run changes nothing, and --uninstrument gives back the bytes', async () => {
  const folder = folderWith({ 'a.yaml': web, 'b.yaml': redis });
  const first = await capturedRun('instrument', folder, '--write');
  expect([first.status, first.stdout]).toEqual([0, '']);
  const written = read(folder, 'a.yaml');
  expect(written).toContain('podhost.dev/instrumented');
  expect((await capturedRun('instrument', folder, '--check')).status).toBe(0);
  await capturedRun('instrument', folder, '--write', '--uninstrument');
  expect([read(folder, 'a.yaml'), read(folder, 'b.yaml')]).toEqual([web, redis]);
});

test('--check fails where something would change and writes nothing, also with --write', async () => {
  const folder = folderWith({ 'a.yaml': web });
  const { status, stdout, stderr } = await capturedRun('instrument', folder, '--check', '--write');
  expect([status, stdout, read(folder, 'a.yaml')]).toEqual([1, '', web]);
  expect(stderr).toMatch(/a\.yaml: would change\n$/);
});

test('--diff shows what would change as a patch', async () => {
  const folder = folderWith({ 'a.yaml': web, 'b.yaml': redis });
  const { stdout } = await capturedRun('instrument', folder, '--diff');
  expect(stdout).toMatch(/^--- a\/.*a\.yaml\n\+\+\+ b\/.*a\.yaml\n@@ /);
  expect(stdout).not.toContain('b.yaml');
  expect(stdout.split('\n').filter((line) => line.startsWith('-'))).toHaveLength(1);
});

test('--format json reports objects, languages and reasons', async () => {
  const folder = folderWith({ 'a.yaml': web });
  const { stdout } = await capturedRun('instrument', folder, '--format', 'json');
  const { files } = JSON.parse(stdout);
  expect(files[0].objects[0]).toMatchObject({
    name: 'web',
    status: 'instrumented',
    containers: [{ language: 'unknown' }],
  });
  expect(files[0].objects[0].containers[0].changes[0]).toEqual({ code: 'added', message: expect.any(String) });
});

test('--selector leaves out what it does not match', async () => {
  const folder = folderWith({ 'a.yaml': web.replace('name: web', 'name: web\n  labels: { tier: front }') });
  expect((await capturedRun('instrument', folder, '--check', '--selector', 'tier=back')).status).toBe(0);
  expect((await capturedRun('instrument', folder, '--check', '--selector', 'tier=front')).status).toBe(1);
});

describe('--config', () => {
  const worker = web
    .replace('apps/v1', 'example.com/v1')
    .replace('kind: Deployment', 'kind: Worker')
    .replace('  template:', '  podTemplate:')
    .replaceAll('web', 'jobs');
  const configuration = `name: shop
namespace: shop
environment: staging
clusterName: shop
coralogix: { domain: eu2.coralogix.com, applicationName: shop }
configMap: { name: shop-config }
instrument:
  templates: [{ apiVersion: example.com/v1, kind: Worker, path: spec.podTemplate }]
  languages: { Worker/jobs: ruby }
  exclude: { names: [web, none] }
`;
  const withConfig = (...flags: readonly string[]) => {
    const folder = folderWith({ 'a.yaml': web, 'b.yaml': worker, 'podhost.yaml': configuration });
    const files = ['a.yaml', 'b.yaml'].map((name) => join(folder, name));
    return { folder, files, flags: ['--config', join(folder, 'podhost.yaml'), ...flags] };
  };

  test('gives environment, namespace, custom kinds, languages and what is left out', async () => {
    const { files, flags } = withConfig();
    const { stdout, stderr } = await capturedRun('instrument', ...files, ...flags);
    expect(stdout).toContain('deployment.environment=staging');
    expect(stdout).toContain('value: http/protobuf');
    expect(stderr).toMatch(/^deployment "web" skipped: not-selected /);
    expect(stderr).toContain('worker "jobs" instrumented\n');
    expect(stderr).toContain('warning: unknown-name the configuration names none below instrument');
    expect(stderr).toContain('of namespace shop was read');
  });

  test('flags outrank it', async () => {
    const { files, flags } = withConfig('--environment', 'dev', '--namespace', 'own', '--protocol', 'grpc');
    const { stdout, stderr } = await capturedRun('instrument', ...files, ...flags);
    expect(stdout).toContain('deployment.environment=dev');
    expect(stderr).toContain('of namespace own was read');
    const other = await capturedRun('instrument', ...files, ...flags, '--template-path', 'Worker=spec.template');
    expect(other.stderr).toContain('worker "jobs" skipped: no-pod-template');
  });

  test('makes a custom kind a workload of lint and of its coverage', async () => {
    const { folder, files, flags } = withConfig();
    await capturedRun('instrument', ...files, ...flags, '--write');
    const without = await capturedRun('lint', join(folder, 'b.yaml'));
    expect(without.stderr).toContain('not understood: 1 Worker');
    const { stderr } = await capturedRun('lint', join(folder, 'b.yaml'), ...flags);
    expect(stderr).toMatch(/^coverage: 1 workload judged, 1 configured with OTLP, 0 not instrumented; 0 coll[^;]*$/m);
  });
});

describe('exit status 2, with nothing printed as manifests and nothing written', () => {
  test.each([
    ['a document that is not YAML', { 'a.yaml': web, 'b.yaml': 'a: [\n' }, [], /b\.yaml:\d+:\d+ not YAML/],
    ['a chart that is not rendered', { 'a.yaml': 'a: {{ .Values.a }}\n' }, [], /helm template/],
    ['an endpoint', { 'a.yaml': web }, ['--endpoint', 'collector'], /no address of a collector/],
    ['an environment', { 'a.yaml': web }, ['--environment', 'a b'], /A-Z a-z 0-9/],
    ['a template path', { 'a.yaml': web }, ['--template-path', 'Worker'], /example\.com\/Worker=spec\.template/],
    ['a selector', { 'a.yaml': web }, ['--selector', 'a in b'], /label selector/],
  ])('%s', async (_, files, flags, message) => {
    const folder = folderWith(files);
    const { status, stdout } = await capturedRun('instrument', folder, '--write', ...flags);
    expect(status).toBe(2);
    expect(stdout).toMatch(message);
    expect(read(folder, 'a.yaml')).toBe(files['a.yaml']);
  });
});
