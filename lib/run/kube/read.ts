import type { z } from 'zod';
import { PodhostError } from '../../problems/podhost-error.ts';
import type { Problem } from '../../problems/problem.ts';
import { sh } from '../../text/shell.ts';
import type { Command, CommandResult, RunOptions } from '../command/command.ts';
import { pipeChain } from '../command/command.ts';
import type { DeployContext } from '../context.ts';
import { clusterSuggestion, deniedPermission } from './error-output.ts';

/**
 * Returns the standard output of a command.
 *
 * @throws PodhostError when the command fails
 */
export async function readObjectText(
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
 * Returns the JSON output of a command as a typed value.
 *
 * @throws PodhostError when the command fails, or its output has another shape
 */
export async function readJson<T>(
  context: Pick<DeployContext, 'runner'>,
  command: Command,
  shape: z.ZodType<T>,
  options?: RunOptions,
): Promise<T> {
  return answerOf(command, await readObjectText(context, command, options), shape);
}

/**
 * Parses the JSON output of a command as a typed value.
 *
 * @throws PodhostError when the output has another shape
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

/** Lines of a command's standard error that a problem shows; the log has more. */
const tailLines = 8;

const ofCluster = ['kubectl', 'helm'];

/** The problem of a failed command, with a suggestion for known errors. */
export function commandProblem(command: Command, { exitStatus, stderr }: CommandResult): Problem {
  const status = exitStatus === undefined ? 'did not end' : `ended with status ${exitStatus}`;
  const tail = stderr
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-tailLines);
  const suggestion = ofCluster.includes(command.program) ? clusterSuggestion(stderr) : undefined;
  return {
    code: 'deploy/command-failed',
    message: `${named(command)} ${status}`,
    ...(tail.length > 0 && { details: tail.map((line) => `    ${line}`) }),
    ...(suggestion !== undefined && { suggestion }),
  };
}

/** A problem in one line; for a failed command the last line of its error output. */
export const oneLine = ({ code, message, details = [] }: Problem): string =>
  (code === 'deploy/command-failed' ? details.at(-1)?.trim() : undefined) ?? message;

/** The problem of a run that was stopped, by a signal or because another run took over. */
export const stoppedProblem = ({ reason }: AbortSignal): Problem => ({
  code: 'deploy/stopped',
  message: `stopped by ${typeof reason === 'string' ? reason : 'request'}`,
});

/** The first words of a command; the log has the whole command. */
const named = (command: Command): string =>
  pipeChain(command)
    .map(({ program, args }) => sh`${program} ${args.slice(0, 3)}`)
    .join(' … | ');

/**
 * Returns the result of a lookup, or undefined when it fails, e.g. because there is no cluster yet. The preflight of a
 * deployment has already reported a missing cluster.
 */
export async function ifReachable<T>(lookup: () => Promise<T>): Promise<T | undefined> {
  try {
    return await lookup();
  } catch (error) {
    if (error instanceof PodhostError) {
      return undefined;
    }
    throw error;
  }
}

/** Returns the result of a lookup, or nothing when the user has no permission for it. */
export async function unlessForbidden<T>(lookup: () => Promise<T[]>): Promise<T[]> {
  try {
    return await lookup();
  } catch (error) {
    if (error instanceof PodhostError && deniedPermission(error) !== undefined) {
      return [];
    }
    throw error;
  }
}
