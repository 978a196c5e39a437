import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { initCommand } from '../../lib/cli/commands/init.ts';
import { deployment } from '../instrument/support/instrumented.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { capturedRun } from './captured-run.ts';

const flags = ['--domain', 'eu2.coralogix.com', '--cluster-name', 'prod-1', '--environment', 'production'];

function manifests(): string {
  const folder = join(temporaryFolder(), 'k8s');
  mkdirSync(folder);
  const web = deployment('', { image: 'node:20' }).replace('name: web', 'name: web\n  namespace: shop');
  const collector = deployment('', { image: 'otel/opentelemetry-collector:1' }).replaceAll('web', 'otel');
  writeFileSync(join(folder, 'app.yaml'), `${web}---\n${collector}`);
  return folder;
}

test('writes a configuration that synth takes, and says what stands there', async () => {
  const folder = manifests();
  const output = join(folder, '..', 'podhost.yaml');
  const { status, stderr } = await capturedRun('init', folder, ...flags, '--output', output);
  expect([status, stderr]).toEqual([0, expect.stringContaining('workloads that may send spans (1): web (nodejs)')]);
  expect(stderr).toContain('Deployment otel is a collector that stands there already');
  expect(readFileSync(output, 'utf8').split('\n').slice(1)).toEqual([
    'name: shop',
    'namespace: shop',
    'environment: production',
    'clusterName: prod-1',
    'coralogix:',
    '  domain: eu2.coralogix.com',
    '  applicationName: shop',
    'configMap:',
    '  name: shop-telemetry',
    'manifests:',
    '  - k8s/app.yaml',
    '',
  ]);
  const dist = join(folder, '..', 'dist');
  expect((await capturedRun('synth', '--config', output, '--output', dist)).status).toBe(0);
  const explained = await capturedRun('explain', 'web', dist, '--config', output);
  expect([explained.status, explained.stdout]).toEqual([0, expect.stringContaining('every span arrives')]);
});

test('the files themselves may be changed instead, beside what synth writes', async () => {
  const folder = manifests();
  const output = join(folder, '..', 'podhost.yaml');
  const { stderr } = await capturedRun('init', folder, ...flags, '--output', output);
  expect(stderr).toContain(`or remove manifests from ${output}, and change the files themselves`);
  writeFileSync(output, readFileSync(output, 'utf8').split('manifests:')[0] ?? '');
  const dist = join(folder, '..', 'dist');
  await capturedRun('synth', '--config', output, '--output', dist);
  await capturedRun('instrument', folder, '--write', '--environment', 'production');
  const explained = await capturedRun('explain', 'web', folder, dist, '--config', output);
  expect([explained.status, explained.stdout]).toEqual([0, expect.stringContaining('every span arrives')]);
});

test('of standard input and of files without objects it proposes nothing', async () => {
  const folder = temporaryFolder();
  const output = join(folder, 'podhost.yaml');
  writeFileSync(join(folder, 'compose.yaml'), 'services: { web: { image: "web:1" } }\n');
  const { status, stderr } = await capturedRun('init', folder, ...flags, '--output', output, '--namespace', 'shop');
  expect([status, stderr]).toEqual([0, expect.stringContaining('no workload that may send spans was found')]);
  expect(readFileSync(output, 'utf8')).not.toContain('manifests:');
});

test('a typing error in a manifest is shown with its place, and nothing is written', async () => {
  const folder = temporaryFolder();
  const output = join(folder, 'podhost.yaml');
  const file = join(folder, 'web.yaml');
  writeFileSync(file, deployment('').replace('spec:\n', 'spec:\n  replicas 2\n'));
  const { status, stdout } = await capturedRun('init', folder, ...flags, '--output', output, '--namespace', 'shop');
  expect([status, stdout, existsSync(output)]).toEqual([2, expect.stringMatching(/web\.yaml:\d+:\d+ not YAML/), false]);
});

test('names every flag that is missing, and writes over nothing', async () => {
  const folder = manifests();
  const output = join(folder, 'podhost.yaml');
  const missing = await capturedRun('init', folder, '--output', output);
  expect(missing.status).toBe(2);
  expect(missing.stdout).toMatch(/--domain[\s\S]*--cluster-name[\s\S]*--environment/);
  const refused = await capturedRun('init', folder, ...flags, '--domain', 'coralogix.invalid', '--output', output);
  expect([refused.status, existsSync(output)]).toEqual([2, false]);
  writeFileSync(output, 'a: 1\n');
  expect((await capturedRun('init', folder, ...flags, '--output', output)).stdout).toContain('is there already');
  expect(readFileSync(output, 'utf8')).toBe('a: 1\n');
});

test('names all flags and the broken file in one run', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'app.yaml'), deployment(''));
  writeFileSync(join(folder, 'web.yaml'), deployment('').replace('spec:\n', 'spec:\n  replicas 2\n'));
  const { status, stdout } = await capturedRun('init', folder, '--output', join(folder, 'podhost.yaml'));
  expect(status).toBe(2);
  for (const shown of ['--domain is', '--cluster-name is', '--environment is', '--namespace is', 'web.yaml:']) {
    expect(stdout).toContain(shown);
  }
});

test('names no namespace that is missing while the overlay, which may name one, is still open', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'app.yaml'), deployment(''));
  writeFileSync(join(folder, 'kustomization.yaml'), 'resources: [app.yaml]\n');
  for (const overlay of ['prod', 'test']) {
    mkdirSync(join(folder, overlay));
    writeFileSync(join(folder, overlay, 'kustomization.yaml'), `namespace: ${overlay}\nresources: [..]\n`);
  }
  const { stdout } = await capturedRun('init', folder, '--output', join(folder, 'podhost.yaml'));
  expect(stdout).toContain('--environment is');
  expect(stdout).not.toContain('--namespace is');
});

test('asks for a namespace where no manifest names one, and proposes it to instrument', async () => {
  const folder = temporaryFolder();
  const output = join(folder, 'podhost.yaml');
  writeFileSync(join(folder, 'app.yaml'), deployment(''));
  const missing = await capturedRun('init', folder, ...flags, '--output', output);
  expect([missing.status, missing.stdout]).toEqual([2, expect.stringContaining('write: --namespace shop')]);
  const given = await capturedRun('init', folder, ...flags, '--output', output, '--namespace', 'shop');
  expect([given.status, given.stderr]).toEqual([0, expect.stringMatching(/--namespace shop --write\n$/)]);
});

test('on a terminal it asks for what no flag names, and again where nothing is answered', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'app.yaml'), deployment(''));
  const output = join(folder, 'podhost.yaml');
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const shown = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  const answers = ['eu2.coralogix.com', '', 'prod-1', 'shop'];
  const questions: string[] = [];
  shown.on('data', (chunk: Buffer) => {
    const [, question] = /(\b[A-Za-z ]+), e\.g\./.exec(chunk.toString()) ?? [];
    if (question !== undefined && answers.length > 0) {
      questions.push(question);
      input.write(`${answers.shift()}\r`);
    }
  });
  await initCommand([folder], { output, environment: 'test' }, { input, output: shown });
  expect(questions).toEqual([
    'Domain of the Coralogix region',
    'Name of the cluster',
    'Name of the cluster',
    'Namespace of the workloads',
  ]);
  expect(readFileSync(output, 'utf8')).toContain('clusterName: prod-1');
});
