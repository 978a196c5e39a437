import type { Command, Input } from '../command/command.ts';
import { shellProgram, shellQuoted, shellWord } from './shell-word.ts';

/**
 * A command as a POSIX shell runs it. Secrets are variables; `printf` is part of the shell, so no list of processes
 * shows them.
 *
 * @param host where commands of the host run; without one they run here
 */
export function shellLine(command: Command, host?: string): string {
  const { input } = command;
  const text = overSsh(command, host);
  if (input === undefined) {
    return text;
  }
  return 'file' in input ? `${text} < ${shellWord(input.file)}` : `${source(input, host)} | ${text}`;
}

function source(input: Exclude<Input, { readonly file: string }>, host: string | undefined): string {
  if ('from' in input) {
    return shellLine(input.from, host);
  }
  return 'text' in input
    ? `printf %s ${shellWord(input.text)}`
    : `printf '%s\\n' ${input.secrets.map((name) => `"${name}=$${name}"`).join(' ')}`;
}

const overSsh = (command: Command, host: string | undefined): string =>
  command.on === 'host' && host !== undefined
    ? `ssh ${shellWord(host)} ${shellQuoted(simple(command))}`
    : simple(command);

function simple({ program, args, env, folder }: Command): string {
  const words = [
    ...Object.entries(env ?? {}).map(([name, value]) => `${name}=${shellWord(value)}`),
    shellProgram(program),
    ...args.map(shellWord),
  ].join(' ');
  return folder === undefined ? words : `(cd ${shellWord(folder)} && ${words})`;
}
