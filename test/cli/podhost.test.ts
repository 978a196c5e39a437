import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { expectHarmless } from '../support/hostile.ts';

const podhost = (command: string) =>
  spawnSync('bash', ['-c', `set -o pipefail; ${command.replace('podhost', 'node --import tsx lib/cli/podhost.ts')}`], {
    encoding: 'utf8',
  });

test('the process exits with the status of the run and keeps findings and progress apart', () => {
  const fine = podhost('podhost check');
  expect([fine.status, fine.stdout, fine.stderr]).toEqual([0, '', 'config/dataprime-demo.yaml: no problems\n']);
  const bad = podhost('podhost check --config none.yaml');
  expect([bad.status, bad.stderr]).toEqual([2, '']);
  expect(bad.stdout).toContain('none.yaml does not exist');
});

test('a reader that closes the pipe early is no failure', () => {
  const { status, stderr } = podhost('podhost check --config package.json --format json | true; exit ${PIPESTATUS[0]}');
  expect([status, stderr]).toEqual([2, '']);
});

test('a name of the environment asks nothing of the terminal in what cdk8s runs', () => {
  const { status, stdout, stderr } = spawnSync('node', ['--import', 'tsx', 'main.ts'], {
    encoding: 'utf8',
    env: { ...process.env, PODHOST_CONFIG: '::error::\u001b[2J\n::add-mask::x' },
  });
  expectHarmless(stdout + stderr);
  expect([status, stdout]).toEqual([2, expect.stringContaining('[2J\\n::add-mask::x does not exist')]);
});
