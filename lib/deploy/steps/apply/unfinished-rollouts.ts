import { z } from 'zod';
import type { DeployContext } from '../../../run/context.ts';
import { readJson } from '../../../run/kube/read.ts';
import { labelSelector } from '../../../run/kube/system-objects.ts';

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
