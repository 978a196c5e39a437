import type { Command } from '../run/command/command.ts';
import type { ShellText } from '../text/shell.ts';

/** What a command of the host takes besides its words. */
export type MoreOnHost = Pick<Command, 'env' | 'timeoutSeconds'>;

/** A command that runs where k3s runs. */
export const onHost = (program: string, args: readonly string[], more: MoreOnHost = {}): Command => ({
  program,
  args,
  on: 'host',
  ...more,
});

/** A command as root. Nobody is there to type a password. */
export const asRoot = (args: readonly string[], more: MoreOnHost = {}): Command =>
  onHost('sudo', ['-n', ...args], more);

/** A few lines for the POSIX shell of the host; `$1` and so on are the arguments. */
export const hostScript = (script: ShellText, args: readonly string[] = [], more: MoreOnHost = {}): Command =>
  onHost('sh', ['-c', String(script), 'podhost', ...args], more);
