import { assignment, joined, program, type ShellText, sh } from '../../text/shell.ts';
import type { Command } from './command.ts';

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
