import { assignment, joined, operand, program, type ShellText, sh, variableWord } from '../../text/shell.ts';
import type { Command, Input } from './command.ts';

/** A command as a line of a script; commands of the host are printed as if they ran on this machine. */
export const shellLine = (command: Command, host?: string): string => commandLine(command, host).script;

/**
 * A command as a POSIX shell runs it. Secrets are variables. `printf` is built into the shell, so no process list shows
 * them.
 *
 * @param host where commands of the host run; undefined for this machine
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

/** A command quoted for the login shell of the host, so that every word arrives unchanged. */
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
