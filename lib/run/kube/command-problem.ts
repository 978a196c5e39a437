import type { Problem } from '../../problems/problem.ts';
import { sh } from '../../text/shell.ts';
import type { Command, CommandResult } from '../command/command.ts';
import { pipeChain } from '../command/pipe-chain.ts';
import { clusterHint } from './cluster-hint.ts';

/** What is shown of a command's standard error; the log has more. */
const tailLines = 8;

const ofCluster = ['kubectl', 'helm'];

/** What a failed command says, and where that is known, what to do. */
export function commandProblem(command: Command, { exitStatus, stderr }: CommandResult): Problem {
  const status = exitStatus === undefined ? 'did not end' : `ended with status ${exitStatus}`;
  const tail = stderr
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-tailLines);
  const suggestion = ofCluster.includes(command.program) ? clusterHint(stderr) : undefined;
  return {
    code: 'deploy/command-failed',
    message: `${named(command)} ${status}`,
    ...(tail.length > 0 && { details: tail.map((line) => `    ${line}`) }),
    ...(suggestion !== undefined && { suggestion }),
  };
}

/** A problem in one line; of a command that has failed the last one, which says why. */
export const oneLine = ({ code, message, details = [] }: Problem): string =>
  (code === 'deploy/command-failed' ? details.at(-1)?.trim() : undefined) ?? message;

/** The run was interrupted, by a person or because another run took over. */
export const stoppedProblem = ({ reason }: AbortSignal): Problem => ({
  code: 'deploy/stopped',
  message: `stopped by ${typeof reason === 'string' ? reason : 'request'}`,
});

/** A command as a person would name it: its first words. The log has it whole. */
const named = (command: Command): string =>
  pipeChain(command)
    .map(({ program, args }) => sh`${program} ${args.slice(0, 3)}`)
    .join(' … | ');
