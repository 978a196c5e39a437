import { setTimeout as sleep } from 'node:timers/promises';
import type { Action } from '../action.ts';
import { isWorkload } from '../cluster/dist-objects.ts';
import { labelSelector } from '../cluster/labelled-objects.ts';
import type { ObjectName } from '../cluster/object-name.ts';
import type { DeployContext } from '../deploy-context.ts';
import { rolloutProblem } from './rollout-problem.ts';
import { unfinishedRollouts } from './unfinished-rollouts.ts';

/**
 * Waits for the workloads among these objects, and says why pods do not start.
 *
 * @param pause between two looks at them
 */
export function rolloutActions(
  context: DeployContext,
  objects: readonly ObjectName[],
  pause: () => Promise<void> = () => sleep(1_000),
): Action[] {
  const workloads = objects.filter(isWorkload);
  return [...new Set(workloads.map(({ namespace }) => namespace))].flatMap((namespace) =>
    namespace === undefined
      ? []
      : [
          rolloutAction(context, namespace, {
            count: workloads.filter((workload) => workload.namespace === namespace).length,
            pause,
          }),
        ],
  );
}

interface RolloutProps {
  readonly count: number;
  readonly pause: () => Promise<void>;
}

function rolloutAction(context: DeployContext, namespace: string, { count, pause }: RolloutProps): Action {
  const { rolloutSeconds } = context.config.deploy;
  const selector = labelSelector(context.config);
  const args = [
    ...['rollout', 'status', 'deployments,statefulsets,daemonsets', `--selector=${selector}`],
    ...[`--namespace=${namespace}`, `--timeout=${rolloutSeconds}s`],
  ];
  let ready = 0;
  return {
    title: `Wait for ${count === 1 ? 'the workload' : `the ${count} workloads`} in ${namespace}`,
    // One request for all; kubectl makes some for each, one after the other.
    alreadySo: async () =>
      (await allRolledOut(context, namespace, pause)) ? `all ${count} are rolled out` : undefined,
    afterOthers: true,
    // kubectl gives each workload its time, one after the other; they all start at once.
    commands: [context.kubectl(args, { timeoutSeconds: rolloutSeconds + 30 + count })],
    tell: (line) => {
      ready += /successfully rolled out|rolling update complete|roll out complete/.test(line) ? 1 : 0;
      return `${ready} of ${count}`;
    },
    explain: () => rolloutProblem(context, namespace, selector),
  };
}

/** More than so many are worth waiting for longer: kubectl would ask for each of them. */
const many = 20;

/** Looks on as long as fewer and fewer are unfinished. */
async function allRolledOut(context: DeployContext, namespace: string, pause: () => Promise<void>): Promise<boolean> {
  let fewest = Number.POSITIVE_INFINITY;
  let looksInVain = 0;
  while (!context.signal.aborted) {
    const left = (await unfinishedRollouts(context, namespace)).length;
    looksInVain = left < fewest ? 0 : looksInVain + 1;
    fewest = Math.min(fewest, left);
    if (left === 0 || looksInVain === (left > many ? 15 : 2)) {
      return left === 0;
    }
    await pause();
  }
  return false;
}
