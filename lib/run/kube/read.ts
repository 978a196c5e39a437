import type { z } from 'zod';
import { PodhostError } from '../../problems/podhost-error.ts';
import type { Problem } from '../../problems/problem.ts';
import { sh } from '../../text/shell.ts';
import type { Command, CommandResult, RunOptions } from '../command/command.ts';
import { pipeChain } from '../command/command.ts';
import type { DeployContext } from '../context.ts';
import { clusterHint, refusedRight } from './error-output.ts';

/**
 * What a command prints.
 *
 * @throws PodhostError when it fails
 */
export async function readText(
  { runner }: Pick<DeployContext, 'runner'>,
  command: Command,
  options?: RunOptions,
): Promise<string> {
  const result = await runner.run(command, options);
  if (result.exitStatus !== 0) {
    throw new PodhostError([commandProblem(command, result)], 3);
  }
  return result.stdout;
}

/**
 * What a command prints as JSON, as a typed value.
 *
 * @throws PodhostError when it fails, or prints something else
 */
export async function readJson<T>(
  context: Pick<DeployContext, 'runner'>,
  command: Command,
  shape: z.ZodType<T>,
  options?: RunOptions,
): Promise<T> {
  return answerOf(command, await readText(context, command, options), shape);
}

/**
 * What a command has printed as JSON, as a typed value.
 *
 * @throws PodhostError when it is something else
 */
export function answerOf<T>(command: Command, text: string, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(json(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const message = `${sh`${command.program} ${command.args.slice(0, 3)}`} printed something unexpected: ${issue?.path.join('.')} ${issue?.message}`;
    throw new PodhostError([{ code: 'deploy/unexpected-answer', message }], 3);
  }
  return parsed.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 200);
  }
}

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

/**
 * What a look at the cluster brings; undefined when it brings nothing because there is no cluster yet. A deployment
 * that needs one has found that out before; a dry run shows what it can.
 */
export async function ifReachable<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof PodhostError) {
      return undefined;
    }
    throw error;
  }
}

/** What a look at the cluster brings; nothing when this user may not look there. */
export async function unlessForbidden<T>(look: () => Promise<T[]>): Promise<T[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof PodhostError && refusedRight(error) !== undefined) {
      return [];
    }
    throw error;
  }
}
