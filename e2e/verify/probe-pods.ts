import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { expandAsKubelet } from '../../test/support/expand-as-kubelet.ts';
import { succeed } from '../cluster/kubectl.ts';
import type { Bed } from '../data-plane/bed.ts';
import { kubeletEnvironment } from '../data-plane/kubelet-environment.ts';
import { type Pod, runningPods } from '../data-plane/pods.ts';

const gates = z.object({
  spec: z.object({ readinessGates: z.array(z.object({ conditionType: z.string() })).default([]) }),
});

export interface ProbePods {
  /** Pods that have run, and whether each had a readiness gate. */
  readonly seen: { readonly name: string; readonly isGated: boolean }[];
  stop(): Promise<void>;
}

/** Runs the generator of every probe's pod as its kubelet would, and reports its end. */
export function runProbePods(bed: Bed, telemetrygen: string, namespace: string): ProbePods {
  const seen: ProbePods['seen'] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      for (const pod of await runningPods(bed.kubectl, namespace, 'job-name')) {
        const { name } = pod.metadata;
        if (!seen.some((each) => each.name === name)) {
          const { spec } = await bed.kubectl.kubectlJson(['get', 'pod', name, '--namespace', namespace], gates);
          seen.push({ name, isGated: spec.readinessGates.length > 0 });
          await runToEnd(bed, telemetrygen, pod);
        }
      }
      await sleep(300);
    }
  })();
  return {
    seen,
    async stop() {
      isOver = true;
      await watching;
    },
  };
}

async function runToEnd(bed: Bed, telemetrygen: string, pod: Pod): Promise<void> {
  const [{ name: container, args }] = pod.spec.containers;
  const env = await kubeletEnvironment(bed.kubectl, pod);
  const exitCode = await bed.runInPod(pod, [telemetrygen, ...args.map((arg) => expandAsKubelet(arg, env))]).then(
    () => 0,
    () => 1,
  );
  const terminated = { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' };
  const status = {
    phase: exitCode === 0 ? 'Succeeded' : 'Failed',
    containerStatuses: [
      { name: container, image: 'telemetrygen', imageID: '', ready: false, restartCount: 0, state: { terminated } },
    ],
  };
  const { name, namespace } = pod.metadata;
  const patch = ['patch', 'pod', name, '--namespace', namespace, '--subresource=status', '--type=merge'];
  await succeed(bed.kubectl.kubectl, [...patch, '--patch', JSON.stringify({ status })]);
}
