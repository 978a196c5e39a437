import type { z } from 'zod';
import { PodhostError } from '../../problems/podhost-error.ts';
import { sh } from '../../text/shell.ts';
import type { Command, RunOptions } from '../command/command.ts';
import type { DeployContext } from '../context.ts';
import { commandProblem } from './command-problem.ts';

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
