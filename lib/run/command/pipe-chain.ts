import type { Command } from './command.ts';

/** The commands of a pipe, the first one first; a command that reads from no other is alone. */
export function pipeChain(command: Command): readonly [...Command[], Command] {
  const { input } = command;
  return input !== undefined && 'from' in input ? [...pipeChain(input.from), command] : [command];
}
