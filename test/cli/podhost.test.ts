import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

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
