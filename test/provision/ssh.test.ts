import { describe, expect, test } from 'vitest';
import { closeConnection, sshCommand } from '../../lib/provision/ssh.ts';

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
