import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { minimal } from '../config/minimal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { capturedRun } from './captured-run.ts';

let folder: string;
let bin: string;

/** A program that is found on the path, and nothing else is. */
function program(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

const node = { metadata: { name: 'a' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } };
const lease = { metadata: { name: 'podhost-shop', resourceVersion: '1' } };

/** A cluster that has a node, and the Lease of the run; what is created besides is a question for rights. */
const emptyCluster = `case "$*" in
  "version --client"*) echo '{"clientVersion":{"gitVersion":"v1.34.4"}}' ;;
  "get --raw=/version"*) echo '{"gitVersion":"v1.34.4"}' ;;
  "api-resources"*) echo "pods po v1 true Pod" ;;
  "create --filename=-"*) read -r object; case "$object" in *Lease*) echo '${JSON.stringify(lease)}' ;; esac ;;
  "replace "*) echo '${JSON.stringify(lease)}' ;;
  "get lease"*) ;;
  "get nodes"*) echo '${JSON.stringify({ items: [node] })}' ;;
  *) echo '{"items":[]}' ;;
esac`;

const run = (...args: string[]) =>
  capturedRun('deploy', '--config', join(folder, 'shop.yaml'), '--output', join(folder, 'dist'), ...args);

beforeEach(async () => {
  folder = temporaryFolder();
  bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(folder, 'shop.yaml'), minimal);
  await capturedRun('synth', '--config', join(folder, 'shop.yaml'), '--output', join(folder, 'dist'));
  vi.stubEnv('PATH', bin);
  vi.stubEnv('HOME', folder);
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
});

afterEach(() => vi.unstubAllEnvs());

describe('a dry run', () => {
  test('prints the whole script where there is no kubectl and no helm', async () => {
    const { status, stdout } = await run('--dry-run');
    expect(status).toBe(0);
    expect(stdout.match(/^# The current state is unknown.*$/gm)).toEqual([
      '# The current state is unknown, so every command is printed: kubectl is not installed, or not on the PATH',
      '# The current state is unknown, so every command is printed: helm is not installed, or not on the PATH',
    ]);
    expect(stdout).toMatch(/^printf .*kubectl create secret generic shop-secrets/m);
    expect(stdout).toMatch(/^helm upgrade --install otel-coralogix-integration/m);
    expect(stdout).toMatch(/^kubectl apply --server-side --field-manager=podhost --filename=\S+\/dist$/m);
    expect(stdout).toMatch(/^kubectl rollout restart deployment\/api --namespace=shop$/m);
  });

  test('prints it where no cluster answers, which is asked once', async () => {
    program(
      'kubectl',
      `echo "$*" >> ${folder}/asked\ntest "$1" = version && echo '{"clientVersion":{"gitVersion":"v1.34.4"}}' && exit\necho 'The connection to the server localhost:8080 was refused' >&2; exit 1`,
    );
    program('helm', 'echo v3.18.0');
    const { status, stdout } = await run('--dry-run');
    expect(status).toBe(0);
    expect(stdout.match(/^# The current state is unknown.*$/gm)).toEqual([
      expect.stringContaining('kubectl has no cluster'),
    ]);
    expect(stdout).toMatch(/^helm upgrade --install/m);
    expect(readFileSync(join(folder, 'asked'), 'utf8').split('\n')).toEqual([
      'version --client --output=json',
      'get --raw=/readyz --request-timeout=10s',
      '',
    ]);
  });
});

describe('a deployment of which nothing comes', () => {
  test('because the preflight alone was wanted, checks what all steps need', async () => {
    const { status, stdout, stderr } = await run('--only', 'preflight');
    expect(status).toBe(1);
    expect(stdout).toContain('[deploy/no-kubectl]');
    expect(stdout).toContain('[deploy/no-helm]');
    expect(stderr).not.toContain('Deployed.');
  });

  test('leaves out what is skipped', async () => {
    const { stdout } = await run('--only', 'preflight', '--skip', 'collector', 'operator');
    expect(stdout).toContain('[deploy/no-kubectl]');
    expect(stdout).not.toContain('[deploy/no-helm]');
  });

  test('because the preflight alone was wanted, names the steps that it has checked', async () => {
    const others = ['k3s', 'compose', 'images', 'secrets', 'collector', 'operator', 'apply'];
    program('kubectl', emptyCluster);
    const { status, stdout, stderr } = await run('--only', 'preflight', '--skip', ...others);
    expect(stdout).toBe('');
    expect(stderr).toContain(
      'Nothing was deployed: only the preflight ran, and it found no problem for restart, verify.',
    );
    expect(status).toBe(0);
  });

  test('because its steps have nothing to do, names them', async () => {
    program('kubectl', emptyCluster);
    const { status, stderr } = await run('--only', 'images', 'restart');
    expect(status).toBe(0);
    expect(stderr).toContain('Nothing was deployed: there is nothing to do in images, restart.');
    expect(stderr).not.toContain('Deployed.');
  });
});

test('a deployment of which an action has run ends with Deployed', async () => {
  program('kubectl', emptyCluster);
  const { status, stderr } = await run('--only', 'apply');
  expect(stderr).toContain('Deployed. To prove that the spans of every service arrive');
  expect(stderr).toContain(' verify ');
  expect(status).toBe(0);
});
