import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { clusterParts, startCluster } from '../cluster/cluster.ts';
import { succeed } from '../cluster/kubectl.ts';
import { nodeNetwork } from '../cluster/own-network.ts';
import { freePorts } from '../cluster/ports.ts';
import { ensureParts } from '../parts/ensure.ts';
import { installExampleCrds, putSecrets, rollOut } from './example-system.ts';
import { ensurePython } from './python.ts';
import { asManifests, type ConfigChange, synthesize } from './system-config.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What test files are told of the cluster that they share. */
export interface SharedCluster {
  readonly kubeconfig: string;
  readonly etcdUrl: string;
  readonly folder: string;
  /** Where the synthesized collectors send to: each test file starts its own sink there. */
  readonly sinkPort: number;
  /** The manifests that are applied. */
  readonly dist: string;
  /** Files with the logs of containers, by name of the container. */
  readonly logs: Readonly<Record<string, string>>;
}

declare module 'vitest' {
  export interface ProvidedContext {
    sharedCluster: SharedCluster;
  }
}

/** Starts the cluster of all data-plane tests, with the synthesized system on it. */
export default (project: TestProject): Promise<() => Promise<void>> =>
  setUp(project, (sinkPort) => asManifests(sinkPort, false));

/**
 * Starts a cluster with a changed example system on it.
 *
 * @param logsOf names of containers that will have something in their logs
 */
export async function setUp(
  { provide }: TestProject,
  change: (sinkPort: number) => ConfigChange,
  logsOf: readonly string[] = [],
): Promise<() => Promise<void>> {
  if (nodeNetwork() === '127.0.0') {
    throw new Error(
      'pods and nodes need addresses of their own: run `npm run test:e2e`, which makes a network for them',
    );
  }
  const { path: folder, remove } = temporaryFolder();
  await ensurePython();
  await ensureParts(['otelcol']);
  const [sinkPort = 0] = await freePorts(1);
  const [cluster, dist] = await Promise.all([
    startCluster({ parts: await ensureParts(clusterParts), nodes: ['node-a', 'node-b'], directory: folder, logsOf }),
    synthesize(folder, 'dist', change(sinkPort)),
  ]);
  await installExampleCrds(cluster);
  // No container of a real kubelet starts before its Secret is there.
  await succeed(cluster.kubectl, ['apply', '--filename', join(dist, '00-namespace.yaml')]);
  await putSecrets(cluster);
  await succeed(cluster.kubectl, ['apply', '--filename', dist]);
  await rollOut(cluster);
  const logs = Object.fromEntries(logsOf.map((container) => [container, cluster.logs.fileOf(container)]));
  const { kubeconfig, etcdUrl } = cluster;
  provide('sharedCluster', { kubeconfig, etcdUrl, folder, sinkPort, dist, logs });
  return async () => {
    await cluster.stop();
    remove();
  };
}
