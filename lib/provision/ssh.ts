import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostSchema } from '../config/schema/deploy.ts';
import { repairFor } from '../config/schema/repairs.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import type { Command, CommandResult } from '../run/command/command.ts';
import { remoteLine } from '../run/command/shell-line.ts';
import type { DeployContext } from '../run/context.ts';
import { readObjectText } from '../run/kube/read.ts';
import { quoted } from '../text/quoted.ts';
import { sh } from '../text/shell.ts';

/** How long an unused connection stays open when this process was killed. */
const persistSeconds = 30;

/**
 * Disables questions and limits the time for a host that does not answer. Keys, agent, configuration and known hosts are
 * those of the user; the check of the host key is not changed.
 */
const options = [
  'BatchMode=yes',
  'ConnectTimeout=15',
  'ServerAliveInterval=15',
  'ServerAliveCountMax=4',
  'ControlMaster=auto',
  `ControlPersist=${persistSeconds}`,
  // These settings of interactive sessions would stop the commands.
  'ClearAllForwardings=yes',
  'RemoteCommand=none',
].flatMap((option) => ['-o', option]);

/**
 * Wraps a command to run on a host by `ssh`. Its standard input is sent over the connection.
 *
 * @param controlPath socket of the connection that all commands share, in a folder that only its owner can open
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

/** Closes the connection and its commands. It fails when there is no connection, which can be ignored. */
export const closeConnection = (host: string, controlPath: string): Command => ({
  program: 'ssh',
  args: ['-o', 'BatchMode=yes', '-S', socket(controlPath), '-O', 'exit', '--', host],
  timeoutSeconds: 10,
});

/** Escapes the path of the socket, in which ssh replaces `%h` and similar sequences. */
const socket = (path: string): string => path.replaceAll('%', '%%');

/** The shared connection of one run to a host. The first command opens it. */
interface Connection {
  /** Wraps a command to run over the connection. */
  wrap(command: Command): Command;
  /** Closes the connection; runs at the end, also after Ctrl-C. */
  readonly close: Command;
  /** Removes the folder of the socket after the connection was closed. */
  remove(): void;
}

/** Prepares a connection with a socket that only its owner can open. */
export function prepareConnection(host: string): Connection {
  // Not in the state folder, because the path of a socket is limited to about 100 characters.
  const folder = mkdtempSync(join(tmpdir(), 'podhost-'));
  const controlPath = join(folder, 'ssh');
  return {
    wrap: (command) => sshCommand(host, command, controlPath),
    close: closeConnection(host, controlPath),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The address of the host, which may be a short name of `~/.ssh/config`. */
export async function hostAddress(context: DeployContext, host: string): Promise<string> {
  const settings = await readObjectText(context, { program: 'ssh', args: ['-G', '--', host] });
  return /^hostname (\S+)$/m.exec(settings)?.[1] ?? writtenAddress(host);
}

/** The host without the user. */
export const writtenAddress = (host: string): string => host.slice(host.indexOf('@') + 1);

/**
 * Checks the value of `--host` with the rules of `deploy.host`.
 *
 * @throws PodhostError when it is invalid
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

interface SshErrorPattern {
  readonly code: string;
  readonly pattern: RegExp;
  readonly message: (host: string) => string;
  readonly suggestion: (host: string) => string;
}

const fingerprint = sh`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`;

/** Known errors of ssh, the most specific first: a changed key also fails the verification. */
const sshErrors: readonly SshErrorPattern[] = [
  {
    code: 'deploy/changed-host-key',
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|REVOKED HOST KEY|^Host key for .* has changed/m,
    message: (host) => `the host key of ${host} has changed: it is another machine, or it was reinstalled`,
    suggestion: (host) =>
      `ask the administrator of the host why its key has changed; only if its console shows the same fingerprint (${fingerprint}), remove the old key: ${sh`ssh-keygen -R ${writtenAddress(host)}`}`,
  },
  {
    code: 'deploy/unknown-host-key',
    pattern: /^Host key verification failed|^No \S+ host key is known/m,
    message: (host) => `the host key of ${host} is unknown, so its identity cannot be verified`,
    suggestion: (host) =>
      `run once by hand: ${sh`ssh -- ${host}`}, and answer yes if the fingerprint equals that of the host (on its console: ${fingerprint}); without a terminal, compare ${sh`ssh-keyscan -- ${writtenAddress(host)} | ssh-keygen -lf -`} and append the scan to ~/.ssh/known_hosts`,
  },
  {
    code: 'deploy/ssh-denied',
    pattern:
      /Permission denied \(|Too many authentication failures|no longer valid|Permissions \d{3,5} for .{1,300} are too open/,
    message: (host) => `${host} accepts none of the keys of this user`,
    suggestion: (host) =>
      `load the key into the agent: ${sh`ssh-add`}; or copy the public key: ${sh`ssh-copy-id ${host}`}; then this must print ok: ${sh`ssh -o BatchMode=yes -- ${host} echo ok`}`,
  },
  {
    code: 'deploy/unknown-host-name',
    pattern: /Could not resolve hostname/,
    message: (host) => `the host name ${writtenAddress(host)} does not resolve`,
    suggestion: () => 'correct deploy.host or --host; write a port or a short name into ~/.ssh/config',
  },
  {
    code: 'deploy/host-refused',
    pattern: /Connection refused/,
    message: (host) => `${writtenAddress(host)} answers, but no ssh server listens on the port`,
    suggestion: () =>
      `start it on the host: ${sh`sudo systemctl enable --now ssh`}; write another port into ~/.ssh/config`,
  },
  {
    code: 'deploy/host-unreachable',
    pattern: /timed out|No route to host|Network is unreachable|not responding/,
    message: (host) => `${writtenAddress(host)} does not answer`,
    suggestion: (host) => `check whether it runs and whether a firewall blocks port 22: ${sh`ssh -v -- ${host}`}`,
  },
];

/**
 * The problem of a failed ssh connection.
 *
 * @param isPiped whether the exit status may be that of another command of the pipe
 * @returns undefined when the connection worked and the command itself failed
 */
export function sshProblem(
  host: string,
  { exitStatus, stderr }: Pick<CommandResult, 'exitStatus' | 'stderr'>,
  isPiped = false,
): Problem | undefined {
  const known = sshErrors.find(({ pattern }) => pattern.test(stderr));
  if (exitStatus !== 255 && (!isPiped || known === undefined)) {
    return undefined;
  }
  const details = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^@+/.test(line))
    .slice(-3)
    .map((line) => `    ${line.trim()}`);
  return {
    code: known?.code ?? 'deploy/ssh-failed',
    message: known?.message(host) ?? `the ssh connection to ${host} was closed`,
    ...(details.length > 0 && { details }),
    suggestion: known?.suggestion(host) ?? `see why: ${sh`ssh -v -- ${host}`}, then run the deployment again`,
  };
}
