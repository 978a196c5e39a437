import type { Command } from '../run/command/command.ts';
import { remoteLine } from '../run/command/remote-line.ts';

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
