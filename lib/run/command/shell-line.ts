import { assignment, joined, operand, program, type ShellText, sh, variableWord } from '../../text/shell.ts';
import type { Command, Input } from './command.ts';

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

/** A command as the login shell of the host must be given it: every word arrives as it is here. */
export function remoteLine(command: Command): string {
  const { folder } = command;
  const words = commandWords(command);
  return (folder === undefined ? words : sh`cd -- ${folder} && ${words}`).script;
}

/** Its variables, its program and its arguments. */
export function commandWords({ program: name, args, env = {} }: Command): ShellText {
  const variables = Object.entries(env).map(([variable, value]) => assignment(variable, value));
  return joined([...variables, sh`${program(name)} ${args}`], ' ');
}
