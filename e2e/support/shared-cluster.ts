import type { TestProject } from 'vitest/node';
import { clusterParts, startCluster } from '../cluster/cluster.ts';
import { succeed } from '../cluster/kubectl.ts';
import { nodeNetwork } from '../cluster/own-network.ts';
import { freePorts } from '../cluster/ports.ts';
import { ensureParts } from '../parts/ensure.ts';
import { installExampleCrds, putSecrets, rollOut } from './example-system.ts';
import { ensurePython } from './python.ts';
import { asManifests, synthesize } from './system-config.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What test files are told of the cluster that they share. */
export interface SharedCluster {
  readonly kubeconfig: string;
  readonly folder: string;
  /** Where the synthesized collectors send to: each test file starts its own sink there. */
  readonly sinkPort: number;
  /** The manifests that are applied. */
  readonly dist: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    sharedCluster: SharedCluster;
  }
}

/** Starts the cluster of all data-plane tests, with the synthesized system on it. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
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
    startCluster({ parts: await ensureParts(clusterParts), nodes: ['node-a', 'node-b'], directory: folder }),
    synthesize(folder, 'dist', asManifests(sinkPort, false)),
  ]);
  await installExampleCrds(cluster);
  await succeed(cluster.kubectl, ['apply', '--filename', dist]);
  await putSecrets(cluster);
  await rollOut(cluster);
  provide('sharedCluster', { kubeconfig: cluster.kubeconfig, folder, sinkPort, dist });
  return async () => {
    await cluster.stop();
    remove();
  };
}
