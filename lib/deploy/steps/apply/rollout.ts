import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { DeployContext } from '../../../run/context.ts';
import { isWorkload } from '../../../run/kube/manifests.ts';
import type { ObjectName } from '../../../run/kube/objects.ts';
import { readJson } from '../../../run/kube/read.ts';
import { labelSelector } from '../../../run/kube/system-objects.ts';
import type { Action } from '../../../run/step.ts';
import { rolloutProblem } from './rollout-problem.ts';

/** Between two looks at all workloads, which of thousands takes seconds. */
type Pause = (lookMilliseconds: number) => Promise<void>;

const pauseBetweenLooks: Pause = (lookMilliseconds) => sleep(Math.max(1_000, 3 * lookMilliseconds));

/** Waits for the workloads among these objects, and says why pods do not start. */
export function rolloutActions(
  context: DeployContext,
  objects: readonly ObjectName[],
  pause: Pause = pauseBetweenLooks,
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
  readonly pause: Pause;
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
    alreadySo: async (tell = () => {}) => {
      const isSo = await allRolledOut(context, namespace, {
        pause,
        told: (left) => tell(`${count - left} of ${count}`),
      });
      return isSo ? `all ${count} are rolled out` : undefined;
    },
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

interface Looks {
  readonly pause: Pause;
  /** Is told how many are unfinished. */
  readonly told: (left: number) => void;
}

/** Looks on as long as fewer and fewer are unfinished. */
async function allRolledOut(context: DeployContext, namespace: string, { pause, told }: Looks): Promise<boolean> {
  let fewest = Number.POSITIVE_INFINITY;
  let looksInVain = 0;
  while (!context.signal.aborted) {
    const started = performance.now();
    const left = (await unfinishedRollouts(context, namespace)).length;
    told(left);
    looksInVain = left < fewest ? 0 : looksInVain + 1;
    fewest = Math.min(fewest, left);
    if (left === 0 || looksInVain === (left > many ? 15 : 2)) {
      return left === 0;
    }
    await pause(performance.now() - started);
  }
  return false;
}

const count = z.number().default(0);
const workloads = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({ name: z.string(), generation: z.number() }),
      spec: z.object({ replicas: z.number().optional() }),
      status: z.object({
        observedGeneration: count,
        replicas: count,
        updatedReplicas: count,
        availableReplicas: count,
        desiredNumberScheduled: count,
        updatedNumberScheduled: count,
        numberAvailable: count,
      }),
    }),
  ),
});

type Workload = z.output<typeof workloads>['items'][number];

/** Workloads of the system that are not as `kubectl rollout status` wants them, found out in one request. */
export async function unfinishedRollouts(context: DeployContext, namespace: string): Promise<string[]> {
  const selector = `--selector=${labelSelector(context.config)}`;
  const query = ['get', 'deployments,statefulsets,daemonsets', `--namespace=${namespace}`, selector, '--output=json'];
  const { items } = await readJson(context, context.kubectl(query), workloads);
  return items.filter((workload) => !isRolledOut(workload)).map(({ metadata }) => metadata.name);
}

function isRolledOut({ kind, metadata, spec, status }: Workload): boolean {
  if (status.observedGeneration < metadata.generation) {
    return false;
  }
  const [wanted, updated, available] =
    kind === 'DaemonSet'
      ? [status.desiredNumberScheduled, status.updatedNumberScheduled, status.numberAvailable]
      : [spec.replicas ?? 1, status.updatedReplicas, status.availableReplicas];
  return updated >= wanted && available >= wanted && (kind !== 'Deployment' || status.replicas <= updated);
}
