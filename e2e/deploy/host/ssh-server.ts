import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePorts, isOpen } from '../../cluster/ports.ts';
import { waitFor } from '../../cluster/wait.ts';
import { ensureDebianPart } from '../../parts/debian.ts';
import { type RunningProcess, run, start } from '../../parts/process.ts';

/** Address of the host: another one than 127.0.0.1, and this machine all the same. */
export const hostAddress = '127.0.0.2';

/** An OpenSSH server of the test's own, with keys of its own, and a client that knows it. */
export interface SshServer {
  /** Folder with a program `ssh` that uses the test's own configuration and known hosts. */
  readonly clientFolder: string;
  readonly knownHosts: string;
  readonly publicHostKey: string;
  readonly process: RunningProcess;
  /** How many connections it has let in so far. */
  connections(): number;
}

export interface SshServerProps {
  readonly folder: string;
  /** Name under which the client knows it. */
  readonly alias: string;
  /** What every session has in its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export async function startSshServer({ folder, alias, environment }: SshServerProps): Promise<SshServer> {
  const sshd = await ensureDebianPart('sshd', () => {});
  mkdirSync('/run/sshd', { recursive: true });
  const file = (name: string) => join(folder, name);
  for (const name of ['host-key', 'user-key', 'other-key']) {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file(name)]);
  }
  const [port = 0] = await freePorts(1, hostAddress);
  writeFileSync(file('authorized-keys'), readFileSync(file('user-key.pub')), { mode: 0o600 });
  writeFileSync(file('sshd-config'), serverConfig({ port, file, environment }));
  const knownHosts = file('known-hosts');
  const publicHostKey = readFileSync(file('host-key.pub'), 'utf8');
  writeFileSync(knownHosts, `[${hostAddress}]:${port} ${publicHostKey}`);
  writeFileSync(file('ssh-config'), clientConfig({ alias, port, file }), { mode: 0o600 });
  const clientFolder = file('client');
  mkdirSync(clientFolder);
  writeFileSync(join(clientFolder, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F '${file('ssh-config')}' "$@"\n`);
  chmodSync(join(clientFolder, 'ssh'), 0o755);
  const process = start(sshd, ['-D', '-e', '-f', file('sshd-config')], { log: file('sshd.log') });
  await waitFor('sshd', async () => (await isOpen(port, hostAddress)) || undefined, { needs: [process] });
  const connections = () => readFileSync(file('sshd.log'), 'utf8').split('Accepted publickey').length - 1;
  return { clientFolder, knownHosts, publicHostKey, process, connections };
}

type FileOf = (name: string) => string;

const serverConfig = (props: { port: number; file: FileOf; environment: Readonly<Record<string, string>> }) =>
  [
    `ListenAddress ${hostAddress}:${props.port}`,
    `HostKey ${props.file('host-key')}`,
    `AuthorizedKeysFile ${props.file('authorized-keys')}`,
    `PidFile ${props.file('sshd.pid')}`,
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    // The folders above are those of all users.
    'StrictModes no',
    `SetEnv ${Object.entries(props.environment)
      .map(([name, value]) => `${name}="${value}"`)
      .join(' ')}`,
  ].join('\n');

const clientConfig = ({ alias, port, file }: { alias: string; port: number; file: FileOf }) =>
  [
    `Host ${alias}`,
    `  HostName ${hostAddress}`,
    `  Port ${port}`,
    `  User ${userInfo().username}`,
    `  IdentityFile ${file('user-key')}`,
    '  IdentitiesOnly yes',
    `Host *`,
    `  UserKnownHostsFile ${file('known-hosts')}`,
    '  GlobalKnownHostsFile /dev/null',
    '',
  ].join('\n');
