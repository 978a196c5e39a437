import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { builtSources } from '../../lib/cli/built-sources.ts';
import { readSources } from '../../lib/model/source/read-sources.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { capturedRun } from './captured-run.ts';

const deployment = (endpoint: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: oven, namespace: bakery }
spec:
  template:
    spec:
      containers:
        - { name: oven, image: "oven:1", env: [{ name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "${endpoint}" }] }
`;

/** An overlay whose patch replaces an endpoint that leads nowhere. */
const files = {
  'base/kustomization.yaml': 'resources: [oven.yaml]\n',
  'base/oven.yaml': deployment('http://localhost:4317'),
  'prod/kustomization.yaml': 'resources: [../base]\npatches: [{ path: endpoint.yaml }]\n',
  'prod/endpoint.yaml': deployment('http://agent.telemetry:4317'),
};

function folderOf(contents: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Puts a program alone on the path. */
function onPath(name: string, script: string): void {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  vi.stubEnv('PATH', folder);
}

const built = (folder: string, valuesFiles: readonly string[] = []) => builtSources(readSources([folder]), valuesFiles);

beforeEach(() => {
  vi.stubEnv('PATH', temporaryFolder());
});

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['kustomize', 'build'],
  ['kubectl', 'kustomize'],
])('%s builds an overlay, in the place of all files that it is made of', (tool, subcommand) => {
  onPath(tool, 'echo "kind: Built # $1 $2"');
  const folder = folderOf({ ...files, 'other.yaml': 'kind: Other\n' });
  const { sources, notes } = built(folder);
  expect(notes).toEqual([]);
  expect(sources.map(({ file }) => file)).toEqual([
    join(folder, 'other.yaml'),
    `${tool} ${subcommand} ${join(folder, 'prod')}`,
  ]);
  expect(sources[1]?.text).toBe(`kind: Built # ${subcommand} ${join(folder, 'prod')}\n`);
});

test('without a tool everything stays as it is', () => {
  const folder = folderOf(files);
  expect(built(folder)).toEqual({ sources: readSources([folder]), notes: [] });
});

test('a kustomization that changes nothing is read as it is', () => {
  onPath('kubectl', 'exit 1');
  const folder = folderOf({ 'kustomization.yaml': 'resources: [oven.yaml]\n', 'oven.yaml': deployment('http://a:1') });
  expect(built(folder)).toEqual({ sources: readSources([folder]), notes: [] });
});

test.each([
  [
    'a remote base',
    'resources: ["https://example.com/repository//base?ref=v1"]\nnamePrefix: a-\n',
    /no local file or folder$/,
  ],
  [
    'a remote base of git',
    'resources: ["github.com/example/repository//base"]\nnamePrefix: a-\n',
    /no local file or folder$/,
  ],
  ['a remote patch', 'patches: [{ path: "https://example.com/patch.yaml" }]\n', /no local file or folder$/],
  ['a chart', 'helmCharts: [{ name: redis }]\nnamePrefix: a-\n', /renders a chart with helm$/],
])('%s is not built, and nothing is run', (_, text, note) => {
  onPath('kubectl', 'echo ran >&2; exit 1');
  const folder = folderOf({ 'kustomization.yaml': text });
  const { sources, notes } = built(folder);
  expect(sources).toEqual(readSources([folder]));
  expect(notes).toEqual([expect.stringMatching(note)]);
});

test('a remote base below a local one is found, too', () => {
  onPath('kubectl', 'exit 0');
  const folder = folderOf({ ...files, 'base/kustomization.yaml': 'resources: ["https://example.com/a//b"]\n' });
  expect(built(join(folder, 'prod')).notes).toEqual([expect.stringContaining('https://example.com/a//b')]);
});

test('a build that fails leaves the files, with the first line of the reason', () => {
  onPath('kubectl', 'echo "Error: no matches" >&2; echo more >&2; exit 1');
  const folder = folderOf(files);
  const { sources, notes } = built(folder);
  expect(sources).toEqual(readSources([folder]));
  expect(notes).toEqual([
    `the kustomization ${join(folder, 'prod')} is not built: kubectl kustomize ${join(folder, 'prod')}: no matches`,
  ]);
});

test('files that are given as values stay', () => {
  onPath('kubectl', 'echo "kind: Built"');
  const text = 'configMapGenerator: [{ name: values, files: [values.yaml] }]\n';
  const folder = folderOf({ 'kustomization.yaml': text, 'values.yaml': 'opentelemetry-agent: {}\n' });
  const values = join(folder, 'values.yaml');
  expect(built(folder, [values]).sources.map(({ file }) => file)).toContain(values);
  expect(built(folder).sources.map(({ file }) => file)).not.toContain(values);
});

test('podhost lint judges what an overlay makes of its base, and the base where no tool is at hand', async () => {
  const folder = folderOf(files);
  expect((await capturedRun('lint', join(folder, 'base'))).status).toBe(1);
  expect((await capturedRun('lint', folder)).stdout).toContain('is not built');
  onPath('kubectl', `/bin/cat '${join(folder, 'prod/endpoint.yaml')}'`);
  const { stdout } = await capturedRun('lint', folder);
  expect(stdout).not.toContain('localhost');
  expect(stdout).not.toContain('is not built');
});

test('instrument prints what kustomize builds, and writes the files as they are', async () => {
  const folder = folderOf(files);
  const built = deployment('http://agent.telemetry:4317').replace('name: oven,', 'name: x-oven,');
  onPath('kustomize', `printf '%s' '${built}'`);
  const printed = await capturedRun('instrument', join(folder, 'prod'));
  expect([printed.status, printed.stderr]).toEqual([0, expect.stringContaining('deployment "x-oven" instrumented')]);
  const written = await capturedRun('instrument', join(folder, 'base'), '--write');
  expect(written.stderr).toContain('deployment "oven" instrumented');
});
