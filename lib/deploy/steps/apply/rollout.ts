import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { DeployContext } from '../../../run/context.ts';
import { isWorkload, type ObjectName } from '../../../run/kube/objects.ts';
import { readJson } from '../../../run/kube/read.ts';
import { labelSelector } from '../../../run/kube/system-objects.ts';
import type { Action } from '../../../run/step.ts';
import { rolloutProblem } from './rollout-problem.ts';

/** The pause between two lookups of all workloads; a lookup of thousands takes seconds. */
type Pause = (lookupMilliseconds: number) => Promise<void>;

const pauseBetweenLookups: Pause = (lookupMilliseconds) => sleep(Math.max(1_000, 3 * lookupMilliseconds));

/** Waits for the rollout of the workloads among these objects, and reports why pods do not start. */
export function rolloutActions(
  context: DeployContext,
  objects: readonly ObjectName[],
  pause: Pause = pauseBetweenLookups,
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
    // One request for all workloads; `kubectl rollout status` makes several requests for each.
    upToDate: async (report = () => {}) => {
      const isComplete = await allRolledOut(context, namespace, {
        pause,
        reportLeft: (left) => report(`${count - left} of ${count}`),
      });
      return isComplete ? `all ${count} are rolled out` : undefined;
    },
    afterOthers: true,
    // kubectl applies its timeout to each workload in turn, but all of them start at the same time.
    commands: [context.kubectl(args, { timeoutSeconds: rolloutSeconds + 30 + count })],
    progress: (line) => {
      ready += /successfully rolled out|rolling update complete|roll out complete/.test(line) ? 1 : 0;
      return `${ready} of ${count}`;
    },
    explain: () => rolloutProblem(context, namespace, selector),
  };
}

/** Above this number the wait is longer, because kubectl would query each workload. */
const many = 20;

interface LookupProps {
  readonly pause: Pause;
  /** Receives the number of unfinished workloads. */
  readonly reportLeft: (left: number) => void;
}

/** Repeats the lookup while the number of unfinished workloads decreases. */
async function allRolledOut(
  context: DeployContext,
  namespace: string,
  { pause, reportLeft }: LookupProps,
): Promise<boolean> {
  let fewest = Number.POSITIVE_INFINITY;
  let lookupsInVain = 0;
  while (!context.signal.aborted) {
    const started = performance.now();
    const left = (await unfinishedRollouts(context, namespace)).length;
    reportLeft(left);
    lookupsInVain = left < fewest ? 0 : lookupsInVain + 1;
    fewest = Math.min(fewest, left);
    if (left === 0 || lookupsInVain === (left > many ? 15 : 2)) {
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

/** Names of the workloads of the system whose rollout is not complete by the rules of `kubectl rollout status`. */
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
