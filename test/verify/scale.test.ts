import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { sendersOf } from '../../lib/model/path/sender.ts';
import { checkCluster } from '../../lib/verify/cluster/check-cluster.ts';
import { KubeClient } from '../../lib/verify/cluster/kube-client.ts';
import { CommittedFiles } from '../../lib/verify/static/manifest-checks.ts';
import { targetOf } from '../../lib/verify/target.ts';
import { fakeKubernetes, type KubeObject } from './support/fake-kubernetes.ts';
import { clusterOf, healthySystem } from './support/healthy-system.ts';

const large = 'x'.repeat(4000);

/** The pods of others, with annotations as large as real ones. */
const others = (count: number): KubeObject[] =>
  Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `other-${index}`,
      namespace: 'dataprime-demo',
      ...{
        ownerReferences: [{ kind: 'StatefulSet', name: 'other', controller: true }],
        annotations: { large },
      },
    },
    spec: { nodeName: `node-${index % 200}`, containers: [{ name: 'app' }] },
    status: { phase: 'Running' },
  }));

const nodes = (count: number): KubeObject[] =>
  Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: `node-${index}` },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  }));

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** What is in use after what nobody needs was collected; buffers of connections are given back a moment later. */
async function heapBytes(): Promise<number> {
  await setImmediate();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** What is read of the system with further objects in its cluster, and how much memory that keeps. */
async function readWith(more: readonly KubeObject[]) {
  const system = healthySystem();
  const cluster = clusterOf(system);
  const server = await fakeKubernetes({ ...cluster, objects: [...cluster.objects, ...more] });
  const client = new KubeClient({ connection: { server: server.url, context: 'test', options: async () => ({}) } });
  const files = new CommittedFiles(Object.entries(system.files).map(([file, text]) => ({ file, text })));
  const before = await heapBytes();
  const checks = await checkCluster({
    client,
    committed: files.model,
    targets: sendersOf(files.model).map(targetOf),
    namespaces: ['coralogix', 'dataprime-demo'],
    model: {},
  });
  return { ...server, ...checks, keptBytes: (await heapBytes()) - before };
}

test('of 200 nodes and 2,000 pods no more than a page is read at once, and only the pods of the services are kept', async () => {
  // The first run also loads code.
  await readWith([]);
  const small = await readWith([]);
  const { snapshot, ofTargets, requests, largestPage, keptBytes } = await readWith([...others(2000), ...nodes(200)]);
  expect(largestPage()).toBeLessThanOrEqual(250);
  expect(requests.filter((request) => request.includes('/dataprime-demo/pods?'))).toHaveLength(9);
  expect(snapshot.pods.some(({ name }) => name.startsWith('other-'))).toBe(false);
  expect('value' in snapshot.nodes && snapshot.nodes.value.size).toBe(202);
  expect(ofTargets.flat().filter(({ status }) => status !== 'proven')).toEqual([]);
  // The further objects are 9 MB as JSON.
  expect(keptBytes - small.keptBytes).toBeLessThan(1_000_000);
});
