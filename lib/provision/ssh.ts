import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostSchema } from '../config/schema/deploy.ts';
import { repairFor } from '../config/shape/repair.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import type { Command, CommandResult } from '../run/command/command.ts';
import { remoteLine } from '../run/command/shell-line.ts';
import type { DeployContext } from '../run/context.ts';
import { readText } from '../run/kube/read.ts';
import { quoted } from '../text/quoted.ts';
import { sh } from '../text/shell.ts';

/** How long a connection that nobody uses stays, should this process be killed before it can close it. */
const persistSeconds = 30;

/**
 * Nobody is there to answer a question, and a host that does not answer must not hold up everything. Keys, agent,
 * configuration and known hosts are the user's own; in particular, nothing here is about the check of the host's key.
 */
const options = [
  'BatchMode=yes',
  'ConnectTimeout=15',
  'ServerAliveInterval=15',
  'ServerAliveCountMax=4',
  'ControlMaster=auto',
  `ControlPersist=${persistSeconds}`,
  // What a person has set up for sessions of their own would end these commands or keep them from starting.
  'ClearAllForwardings=yes',
  'RemoteCommand=none',
].flatMap((option) => ['-o', option]);

/**
 * The same command, run on a host by the system's own `ssh`. What it reads goes over the connection.
 *
 * @param controlPath socket of the one connection that all commands share, in a folder that nobody else can open
 */
export function sshCommand(host: string, command: Command, controlPath: string): Command {
  const { input, timeoutSeconds } = command;
  return {
    program: 'ssh',
    args: ['-T', ...options, '-S', socket(controlPath), '--', host, remoteLine(command)],
    ...(input === undefined ? {} : { input }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}

/** Ends the connection and what still runs over it. It fails when there is none, which is as good. */
export const closeConnection = (host: string, controlPath: string): Command => ({
  program: 'ssh',
  args: ['-o', 'BatchMode=yes', '-S', socket(controlPath), '-O', 'exit', '--', host],
  timeoutSeconds: 10,
});

/** ssh replaces `%h` and the like in the name of the socket. */
const socket = (path: string): string => path.replaceAll('%', '%%');

/** The connection to a host that the commands of one run share. The first command opens it. */
export interface Connection {
  /** The same command, run over it. */
  wrap(command: Command): Command;
  /** Ends it; to be run when all is over, also after Ctrl-C. */
  readonly close: Command;
  /** Removes its socket's folder, after it was closed. */
  remove(): void;
}

/** Prepares a connection, of which nobody else can open the socket. */
export function prepareConnection(host: string): Connection {
  // Not in the state folder: the path of a socket may have about 100 characters.
  const folder = mkdtempSync(join(tmpdir(), 'podhost-'));
  const controlPath = join(folder, 'ssh');
  return {
    wrap: (command) => sshCommand(host, command, controlPath),
    close: closeConnection(host, controlPath),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The address that ssh takes for the host, which may be a short name of `~/.ssh/config`. */
export async function hostAddress(context: DeployContext, host: string): Promise<string> {
  const settings = await readText(context, { program: 'ssh', args: ['-G', '--', host] });
  return /^hostname (\S+)$/m.exec(settings)?.[1] ?? writtenAddress(host);
}

/** The host without the user. */
export const writtenAddress = (host: string): string => host.slice(host.indexOf('@') + 1);

/**
 * The host of the command line, held to what `deploy.host` is.
 *
 * @throws PodhostError when ssh could take it for something else
 */
export function checkedHost(written: string): string {
  const { success, error } = hostSchema.safeParse(written);
  if (success) {
    return written;
  }
  const [issue] = error.issues;
  const message = `--host ${issue?.message}, not ${quoted(written)}`;
  const suggestion = `write: --host ${repairFor(hostSchema, written) ?? 'user@address'}`;
  throw new PodhostError([{ code: 'deploy/invalid-host', message, suggestion }]);
}

interface Failure {
  readonly code: string;
  readonly pattern: RegExp;
  readonly message: (host: string) => string;
  readonly suggestion: (host: string) => string;
}

const fingerprint = sh`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`;

/** What ssh says, the more telling first: a changed key is an unverified one as well. */
const failures: readonly Failure[] = [
  {
    code: 'deploy/changed-host-key',
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|REVOKED HOST KEY|^Host key for .* has changed/m,
    message: (host) =>
      `the key of ${host} is not the one that this machine knows: it is another machine, or a new system`,
    suggestion: (host) =>
      `find out from whoever runs the host why its key changed; only when its console shows the same fingerprint (${fingerprint}), remove the old key: ${sh`ssh-keygen -R ${writtenAddress(host)}`}`,
  },
  {
    code: 'deploy/unknown-host-key',
    pattern: /^Host key verification failed|^No \S+ host key is known/m,
    message: (host) => `the key of ${host} is not known to this machine, so it could be any machine`,
    suggestion: (host) =>
      `run once by hand: ${sh`ssh -- ${host}`}, and answer yes when the fingerprint is that of the host (its console: ${fingerprint}); without a terminal, compare ${sh`ssh-keyscan -- ${writtenAddress(host)} | ssh-keygen -lf -`} and append the scan to ~/.ssh/known_hosts`,
  },
  {
    code: 'deploy/ssh-denied',
    pattern: /Permission denied \(|Too many authentication failures|no longer valid|Permissions .* are too open/,
    message: (host) => `${host} lets this user in with none of the keys that ssh has`,
    suggestion: (host) =>
      `load the key into the agent: ${sh`ssh-add`}; or put the public one there: ${sh`ssh-copy-id ${host}`}; then this must print ok: ${sh`ssh -o BatchMode=yes -- ${host} echo ok`}`,
  },
  {
    code: 'deploy/unknown-host-name',
    pattern: /Could not resolve hostname/,
    message: (host) => `there is no host of the name ${writtenAddress(host)}`,
    suggestion: () => 'correct deploy.host or --host; a port or a short name goes into ~/.ssh/config',
  },
  {
    code: 'deploy/host-refused',
    pattern: /Connection refused/,
    message: (host) => `${writtenAddress(host)} is there, but no ssh server listens on the port`,
    suggestion: () =>
      `start it on the host: ${sh`sudo systemctl enable --now ssh`}; another port goes into ~/.ssh/config`,
  },
  {
    code: 'deploy/host-unreachable',
    pattern: /timed out|No route to host|Network is unreachable|not responding/,
    message: (host) => `${writtenAddress(host)} does not answer`,
    suggestion: (host) => `look whether it runs, and whether a firewall lets port 22 through: ${sh`ssh -v -- ${host}`}`,
  },
];

/**
 * Why a command could not be run on the host, and what to do next.
 *
 * @param isPiped whether the status may be that of a command which waited in vain for what ssh would print
 * @returns undefined when it was run, and what failed is the command
 */
export function sshProblem(
  host: string,
  { exitStatus, stderr }: Pick<CommandResult, 'exitStatus' | 'stderr'>,
  isPiped = false,
): Problem | undefined {
  const failure = failures.find(({ pattern }) => pattern.test(stderr));
  if (exitStatus !== 255 && (!isPiped || failure === undefined)) {
    return undefined;
  }
  const said = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^@+/.test(line))
    .slice(-3)
    .map((line) => `    ${line.trim()}`);
  return {
    code: failure?.code ?? 'deploy/ssh-failed',
    message: failure?.message(host) ?? `ssh to ${host} broke off`,
    ...(said.length > 0 && { details: said }),
    suggestion: failure?.suggestion(host) ?? `see why: ${sh`ssh -v -- ${host}`}, then run the deployment again`,
  };
}
