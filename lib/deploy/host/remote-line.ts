import type { Command } from '../command/command.ts';
import { shellProgram, shellWord } from '../script/shell-word.ts';

/** A command as the login shell of the host must be given it: every word arrives as it is here. */
export function remoteLine({ program, args, env = {}, folder }: Command): string {
  const words = [
    ...Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`),
    // A line that began with "-" would be an option of ssh, even after the host.
    program.startsWith('-') ? `'${program.replaceAll("'", `'\\''`)}'` : shellProgram(program),
    ...args.map(shellWord),
  ].join(' ');
  return folder === undefined ? words : `cd -- ${shellWord(folder)} && ${words}`;
}
