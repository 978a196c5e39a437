import { describe, expect, test } from 'vitest';
import { closeConnection, sshCommand, sshProblem } from '../../lib/provision/ssh.ts';

describe('an ssh command', () => {
  const docker = { program: 'docker', args: ['ps'], on: 'host', env: { A: 'b c' }, folder: '/opt' } as const;

  describe('a command of the host', () => {
    test("is one of the system's ssh", () => {
      const { program, args } = sshCommand('ubuntu@192.0.2.7', docker, '/run/podhost/ssh');
      expect(program).toBe('ssh');
      expect(args.slice(-3)).toEqual(['--', 'ubuntu@192.0.2.7', "cd -- /opt && A='b c' docker ps"]);
      expect(args.join(' ')).toContain('-o BatchMode=yes -o ConnectTimeout=15');
      expect(args.join(' ')).toContain('-o ControlMaster=auto -o ControlPersist=30');
      expect(args.join(' ')).toContain('-S /run/podhost/ssh --');
    });

    test('leaves the check of the key of the host to ssh and its user', () => {
      expect(sshCommand('vm', docker, '/s').args.join(' ')).not.toMatch(/HostKey|KnownHosts|-F|-i /);
    });

    test('runs here, with what it reads and for as long as it may', () => {
      const command = { ...docker, input: { text: 'x' }, timeoutSeconds: 7 };
      const wrapped = sshCommand('vm', command, '/s');
      expect(wrapped).toMatchObject({ input: { text: 'x' }, timeoutSeconds: 7 });
      expect(wrapped).not.toHaveProperty('on');
      expect(wrapped).not.toHaveProperty('env');
      expect(wrapped).not.toHaveProperty('folder');
    });

    test('has a socket whose name ssh does not change', () => {
      expect(sshCommand('vm', docker, '/a%h/s').args).toContain('/a%%h/s');
      expect(closeConnection('vm', '/a%h/s').args).toEqual(
        expect.arrayContaining(['-S', '/a%%h/s', '-O', 'exit', '--', 'vm']),
      );
    });
  });
});

describe('a failure of ssh', () => {
  const host = 'ubuntu@192.0.2.7';
  const changed = `@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
Host key for 192.0.2.7 has changed and you have requested strict checking.
Host key verification failed.`;

  const explained = (stderr: string) => sshProblem(host, { exitStatus: 255, stderr });

  describe('what ssh failed at', () => {
    test.each([
      ['Host key verification failed.', 'deploy/unknown-host-key', 'run once by hand: ssh -- ubuntu@192.0.2.7'],
      [changed, 'deploy/changed-host-key', 'ask the administrator of the host'],
      ['ubuntu@192.0.2.7: Permission denied (publickey).', 'deploy/ssh-denied', 'ssh-add'],
      ['ssh: connect to host 192.0.2.7 port 22: Connection refused', 'deploy/host-refused', 'sudo systemctl enable'],
      ['ssh: connect to host 192.0.2.7 port 22: Connection timed out', 'deploy/host-unreachable', 'ssh -v'],
      ['ssh: connect to host 192.0.2.7 port 22: No route to host', 'deploy/host-unreachable', 'ssh -v'],
      ['ssh: Could not resolve hostname vm:22: Name or service not known', 'deploy/unknown-host-name', '~/.ssh/config'],
      ['Bad configuration option: foo', 'deploy/ssh-failed', 'see why: ssh -v -- ubuntu@192.0.2.7'],
    ])('a known error is reported with a suggestion: %s', (stderr, code, suggestion) => {
      const problem = explained(stderr);
      expect(problem).toMatchObject({ code, suggestion: expect.stringContaining(suggestion) });
      expect(problem?.details?.at(-1)).toContain(stderr.split('\n').at(-1));
    });

    test('is never answered with leaving out the check of the key', () => {
      for (const stderr of [changed, 'Host key verification failed.']) {
        expect(JSON.stringify(explained(stderr))).not.toMatch(/StrictHostKeyChecking|\/dev\/null/i);
      }
    });

    test('is not what a command on the host failed at', () => {
      expect(sshProblem(host, { exitStatus: 1, stderr: 'Connection refused' })).toBeUndefined();
    });

    test('is seen behind a command that read from it in vain', () => {
      const result = { exitStatus: 1, stderr: 'Host key verification failed.\nthe kubeconfig is incomplete' };
      expect(sshProblem(host, result, true)).toMatchObject({ code: 'deploy/unknown-host-key' });
      expect(sshProblem(host, { exitStatus: 1, stderr: 'cat: no such file' }, true)).toBeUndefined();
    });
  });
});
