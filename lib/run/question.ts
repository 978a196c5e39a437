import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import type { Action } from './action.ts';
import type { DeployContext } from './context.ts';

export interface QuestionProps extends Pick<Action, 'alreadySo'> {
  readonly title: string;
  readonly question: string;
  /** What a no comes to. */
  readonly refused: Problem;
}

/** Asks whether something may be done that takes something from somebody; a no ends the run. */
export const question = (
  { confirm }: Pick<DeployContext, 'confirm'>,
  { question: text, refused, ...action }: QuestionProps,
): Action => ({
  ...action,
  commands: [],
  // A proof is not run by a dry run, which must ask nothing.
  prove: async () => {
    if (!(await confirm(text))) {
      throw new PodhostError([refused]);
    }
  },
});
