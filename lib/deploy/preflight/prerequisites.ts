import type { Problem } from '../../problems/problem.ts';
import type { DeployContext } from '../../run/context.ts';
import { commandProblem, oneLine } from '../../run/kube/command-problem.ts';
import { clusterFault } from '../../run/kube/error-output.ts';
import type { Check } from './check.ts';
import { installsK3s, usesCluster } from './scope.ts';

const answerSeconds = 10;

/** The cluster answers, lets this user in, and is ready. */
export const clusterCheck: Check = {
  name: 'the cluster',
  needs: ['kubectl'],
  isNeeded: usesCluster,
  async look({ context, scope }) {
    const problem = await clusterProblem(context);
    if (problem === undefined) {
      return {};
    }
    return installsK3s(scope)
      ? {
          isAbsent: true,
          notes: [`no cluster answers yet, so nothing in it was checked; the step k3s brings it (${oneLine(problem)})`],
        }
      : { problems: [problem] };
  },
};

/** Why no cluster answers; undefined when one does. */
export async function clusterProblem(context: DeployContext): Promise<Problem | undefined> {
  const command = context.kubectl(['get', '--raw=/readyz', `--request-timeout=${answerSeconds}s`], {
    timeoutSeconds: 2 * answerSeconds,
  });
  const result = await context.runner.run(command);
  // Who may not ask that has reached a server all the same.
  return result.exitStatus === 0 || /\(Forbidden\)/.test(result.stderr)
    ? undefined
    : (clusterFault(context, result.stderr) ?? commandProblem(command, result));
}
