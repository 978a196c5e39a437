import { describe, expect, test } from 'vitest';
import { hostProblem, onHost } from '../../lib/provision/host.ts';
import { RecordingRunner } from '../run/support/recording-runner.ts';
import { testContext } from '../run/support/test-context.ts';

const df = 'Filesystem Size Used Avail Use% Mounted on\n/dev/vda1 20G 20G 0 100% /\n';

const problem = (stderr: string, exitStatus = 1, host?: string) => {
  const runner = new RecordingRunner({ 'sh -c': df });
  const context = testContext({ runner, deploy: host === undefined ? {} : { host } });
  const result = { exitStatus, stdout: '', stderr, milliseconds: 1 };
  return hostProblem(context, onHost('docker', ['build']), result);
};

describe('what a command of the host failed at', () => {
  test.each([
    ['sudo: a password is required', 'deploy/no-sudo', '/etc/sudoers.d/podhost'],
    [
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
      'deploy/docker-denied',
      'usermod -aG docker',
    ],
    ['Cannot connect to the Docker daemon at unix:///x. Is it running?', 'deploy/docker-not-running', 'systemctl'],
    ['bash: line 1: docker: command not found', 'deploy/no-docker', 'apt-get install'],
    ['sh: 1: docker: not found', 'deploy/no-docker', 'apt-get install'],
    ['docker is not installed, or not on the PATH', 'deploy/no-docker', 'apt-get install'],
  ])('a known error is reported with a suggestion: %s', async (stderr, code, suggestion) => {
    const found = await problem(stderr);
    expect(found).toMatchObject({ code, suggestion: expect.stringContaining(suggestion) });
    expect(found.details).toEqual([`    ${stderr}`]);
  });

  test('is a full disk: shown with how full the disks are', async () => {
    const found = await problem('write /var/lib/x: no space left on device');
    expect(found.code).toBe('deploy/disk-full');
    expect(found.details?.at(-1)).toContain('/dev/vda1 20G 20G 0 100% /');
  });

  test('is the connection, when there is one', async () => {
    expect(await problem('Host key verification failed.', 255, 'vm')).toMatchObject({
      code: 'deploy/unknown-host-key',
    });
    expect(await problem('Host key verification failed.', 255)).toMatchObject({ code: 'deploy/command-failed' });
  });

  test('is otherwise what the command says', async () => {
    expect(await problem('boom')).toEqual({
      code: 'deploy/command-failed',
      message: 'docker build ended with status 1',
      details: ['    boom'],
    });
  });
});
