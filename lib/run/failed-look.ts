import { PodhostError } from '../problems/podhost-error.ts';
import type { Action } from './action.ts';
import type { DeployContext } from './context.ts';

/**
 * In place of actions that a look should have told: a run fails there, and a dry run goes on without them.
 *
 * @throws the error itself when it is a defect
 */
export function failedLook({ unasked }: Pick<DeployContext, 'unasked'>, title: string, error: unknown): Action {
  if (!(error instanceof PodhostError)) {
    throw error;
  }
  unasked?.(error);
  return { title, commands: [], prove: () => Promise.reject(error) };
}
