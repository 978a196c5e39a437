import type { Problem } from '../../problems/problem.ts';
import type { Command, CommandResult } from '../command/command.ts';
import { pipeChain } from '../command/pipe-chain.ts';

/** What is shown of a command's standard error; the log has more. */
const tailLines = 8;

/** What a failed command says. */
export function commandProblem(command: Command, { exitStatus, stderr }: CommandResult): Problem {
  const status = exitStatus === undefined ? 'did not end' : `ended with status ${exitStatus}`;
  const tail = stderr
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-tailLines);
  return {
    code: 'deploy/command-failed',
    message: [`${named(command)} ${status}`, ...tail.map((line) => `    ${line}`)].join('\n'),
  };
}

/** The run was interrupted, by a person or because another run took over. */
export const stoppedProblem = ({ reason }: AbortSignal): Problem => ({
  code: 'deploy/stopped',
  message: `stopped by ${typeof reason === 'string' ? reason : 'request'}`,
});

/** A command as a person would name it: its first words. The log has it whole. */
function named(command: Command): string {
  return pipeChain(command)
    .map(({ program, args }) => [program, ...args.slice(0, 3)].join(' '))
    .join(' … | ');
}
