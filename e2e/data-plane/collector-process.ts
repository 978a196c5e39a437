import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Kubectl } from '../cluster/kubectl.ts';
import { waitFor } from '../cluster/wait.ts';
import type { RunningProcess } from '../parts/process.ts';
import { kubeletEnvironment } from './kubelet-environment.ts';
import { mebibytes } from './mebibytes.ts';
import { OwnMetrics } from './own-metrics.ts';
import { startOnNode } from './pod-process.ts';
import { type Pod, podTitle } from './pods.ts';
import { type Adaption, memoryOfContainer, runnableConfiguration } from './runnable-configuration.ts';

const configMap = z.object({ data: z.record(z.string(), z.string()) });

export interface CollectorProcessOptions {
  readonly kubectl: Kubectl;
  readonly otelcol: string;
  readonly kubeconfig: string;
  readonly folder: string;
  readonly adaptions: readonly Adaption[];
}

/** The collector of a pod, with the configuration, the environment and the rights that the API server gives it. */
export interface CollectorProcess {
  readonly pod: Pod;
  readonly process: RunningProcess;
  readonly memoryLimitMebibytes: number;
  log(): string;
  /** What it says of itself on its metrics port. */
  metrics(): Promise<OwnMetrics>;
}

/** Starts a collector; returns when it is ready by its own readiness probe. */
export type StartCollector = () => Promise<CollectorProcess>;

/** Asks for all that the collector of a pod needs, so that its start is that of a process and nothing else. */
export async function prepareCollector(pod: Pod, options: CollectorProcessOptions): Promise<StartCollector> {
  const { kubectl, otelcol, kubeconfig, folder, adaptions } = options;
  const [container] = pod.spec.containers;
  const memoryLimitMebibytes = mebibytes(container.resources.limits['memory'] ?? '');
  mkdirSync(folder, { recursive: true });
  const env = await kubeletEnvironment(kubectl, pod);
  for (const { name, value } of await filesOf(kubectl, pod)) {
    const configuration = runnableConfiguration(value, [...adaptions, memoryOfContainer(memoryLimitMebibytes)]);
    writeFileSync(join(folder, name), configuration);
  }
  const args = container.args.map((arg) => arg.replace(mountPathOf(pod), folder));
  const probe = container.readinessProbe?.httpGet;
  const ready = `http://${pod.status.podIP}:${probe?.port}${probe?.path}`;
  return async () => {
    const process = startOnNode(pod, {
      command: [otelcol, ...args],
      env: pod.spec.automountServiceAccountToken === false ? env : new Map([...env, ['KUBECONFIG', kubeconfig]]),
      folder,
    });
    await waitFor(`collector of ${podTitle(pod)}`, async () => (await fetch(ready)).ok || undefined, {
      needs: [process],
    });
    return {
      pod,
      process,
      memoryLimitMebibytes,
      log: () => readFileSync(process.log, 'utf8'),
      metrics: async () => new OwnMetrics(await (await fetch(`http://${pod.status.podIP}:8888/metrics`)).text()),
    };
  };
}

async function filesOf({ kubectlJson }: Kubectl, pod: Pod): Promise<{ name: string; value: string }[]> {
  const name = configVolume(pod).configMap?.name ?? '';
  const args = ['get', 'configmap', name, '--namespace', pod.metadata.namespace];
  const { data } = await kubectlJson(args, configMap);
  return Object.entries(data).map(([file, value]) => ({ name: file, value }));
}

function configVolume(pod: Pod) {
  const volume = pod.spec.volumes.find((candidate) => candidate.configMap !== undefined);
  if (volume === undefined) throw new Error(`${podTitle(pod)} mounts no ConfigMap`);
  return volume;
}

function mountPathOf(pod: Pod): string {
  const { name } = configVolume(pod);
  const mount = pod.spec.containers[0].volumeMounts.find((candidate) => candidate.name === name);
  if (mount === undefined) throw new Error(`${podTitle(pod)} does not mount volume ${name}`);
  return mount.mountPath;
}
