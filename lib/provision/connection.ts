import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../run/command/command.ts';
import { closeConnection, sshCommand } from './ssh.ts';

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
