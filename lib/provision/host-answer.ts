import type { z } from 'zod';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Action } from '../run/action.ts';
import type { Command, CommandRunner } from '../run/command/command.ts';
import type { DeployContext } from '../run/context.ts';
import { readJson } from '../run/kube/read.ts';
import { hostProblem } from './host.ts';

/**
 * What a command of the host prints.
 *
 * @throws PodhostError that tells what to do
 */
export async function hostText(context: DeployContext, command: Command): Promise<string> {
  const result = await context.runner.run(command);
  if (result.exitStatus !== 0) {
    throw new PodhostError([await hostProblem(context, command, result)], 3);
  }
  return result.stdout;
}

/**
 * What a command of the host prints as JSON, as a typed value.
 *
 * @throws PodhostError that tells what to do
 */
export async function hostJson<T>(context: DeployContext, command: Command, shape: z.ZodType<T>): Promise<T> {
  const stdout = await hostText(context, command);
  const printed: CommandRunner = { run: async () => ({ exitStatus: 0, stdout, stderr: '', milliseconds: 0 }) };
  return readJson({ runner: printed }, command, shape);
}

/** Says why a command of the host failed. */
export const explainOnHost =
  (context: DeployContext): NonNullable<Action['explain']> =>
  (command, result) =>
    hostProblem(context, command, result);
