import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Action } from '../../../run/action.ts';
import type { DeployContext } from '../../../run/context.ts';
import type { Step } from '../../../run/step.ts';
import { preflightProblems } from './preflight.ts';

/** Looks at all that the other steps need before one of them changes anything. */
export const preflightStep: Step = {
  name: 'preflight',
  title: 'Preflight',
  actions: async (context) => [allIsThere(context)],
};

function allIsThere(context: DeployContext): Action {
  return {
    title: 'Look at all that the steps need',
    commands: [],
    async prove() {
      const { problems, notes } = await preflightProblems(context, context);
      for (const note of notes) {
        context.tell(`Note: ${note}`);
      }
      const [first, ...others] = problems;
      if (first !== undefined) {
        throw new PodhostError([first, ...others], 1);
      }
    },
  };
}
