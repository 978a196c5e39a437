import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Folder for what is kept of a system between runs.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function stateFolder(name: string, environment: NodeJS.ProcessEnv): string {
  const home = environment['XDG_STATE_HOME'];
  return join(home?.startsWith('/') ? home : join(homedir(), '.local', 'state'), 'podhost', name);
}
