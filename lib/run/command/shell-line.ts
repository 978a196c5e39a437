import { joined, operand, type ShellText, sh, variableWord } from '../../text/shell.ts';
import type { Command, Input } from './command.ts';
import { commandWords, remoteLine } from './remote-line.ts';

/** A command as a script has it; commands of the host are shown as if they ran here. */
export const shellLine = (command: Command, host?: string): string => commandLine(command, host).script;

/**
 * A command as a POSIX shell runs it. Secrets are variables; `printf` is part of the shell, so no list of processes
 * shows them.
 *
 * @param host where commands of the host run; without one they run here
 */
export function commandLine(command: Command, host?: string): ShellText {
  const { input } = command;
  const line = command.on === 'host' && host !== undefined ? overSsh(command, host) : simple(command);
  if (input === undefined) {
    return line;
  }
  return 'file' in input ? sh`${line} < ${input.file}` : joined([source(input, host), line], ' | ');
}

function source(input: Exclude<Input, { readonly file: string }>, host: string | undefined): ShellText {
  if ('from' in input) {
    return commandLine(input.from, host);
  }
  return 'text' in input ? sh`printf %s ${input.text}` : sh`printf '%s\\n' ${input.secrets.map(variableWord)}`;
}

const overSsh = (command: Command, host: string): ShellText => sh`ssh -- ${host} ${remoteLine(command)}`;

function simple(command: Command): ShellText {
  const { folder } = command;
  const words = commandWords(command);
  return folder === undefined ? words : sh`(cd ${operand(folder)} && ${words})`;
}
