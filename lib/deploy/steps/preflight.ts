import { PodhostError } from '../../problems/podhost-error.ts';
import type { Action } from '../action.ts';
import type { DeployContext } from '../deploy-context.ts';
import { earlierInstallation } from '../preflight/earlier/remove-earlier.ts';
import { preflightProblems } from '../preflight/preflight.ts';
import type { Step } from '../step.ts';

/**
 * Looks at all that the other steps need before one of them changes anything; with `--migrate` it then removes what an
 * earlier installation left.
 */
export const preflightStep: Step = {
  name: 'preflight',
  title: 'Preflight',
  async actions(context) {
    return [allIsThere(context), ...(context.migrate ? await migration(context) : [])];
  },
};

/** Where a cluster is yet to be installed nothing can be left in it; elsewhere nothing is taken for gone unseen. */
async function migration(context: DeployContext): Promise<readonly Action[]> {
  try {
    return await earlierInstallation(context);
  } catch (error) {
    if (!(error instanceof PodhostError)) {
      throw error;
    }
    if (context.config.deploy.k3s !== undefined && context.steps.includes('k3s')) {
      return [];
    }
    return [{ title: 'Look for an earlier installation', commands: [], prove: () => Promise.reject(error) }];
  }
}

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
