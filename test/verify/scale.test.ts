import { expect, test } from 'vitest';
import { sendersOf } from '../../lib/model/path/sender.ts';
import { checkCluster } from '../../lib/verify/cluster/check-cluster.ts';
import { KubeClient } from '../../lib/verify/cluster/kube-client.ts';
import { CommittedFiles } from '../../lib/verify/static/manifest-checks.ts';
import { targetOf } from '../../lib/verify/target.ts';
import { fakeKubernetes, type KubeObject } from './support/fake-kubernetes.ts';
import { clusterOf, healthySystem } from './support/healthy-system.ts';

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
        annotations: { large: 'x'.repeat(4000) },
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

test('of 200 nodes and 2,000 pods no more than a page is read at once, and only the pods of the services are kept', async () => {
  const system = healthySystem();
  const cluster = clusterOf(system);
  const { url, largestPage, requests } = await fakeKubernetes({
    ...cluster,
    objects: [...cluster.objects, ...others(2000), ...nodes(200)],
  });
  const client = new KubeClient({ connection: { server: url, context: 'test', options: async () => ({}) } });
  const files = new CommittedFiles(Object.entries(system.files).map(([file, text]) => ({ file, text })));
  const targets = sendersOf(files.model).map(targetOf);
  const { snapshot, ofTargets } = await checkCluster({
    client,
    committed: files.model,
    targets,
    namespaces: ['coralogix', 'dataprime-demo'],
    model: {},
  });
  expect(largestPage()).toBeLessThanOrEqual(250);
  expect(requests.filter((request) => request.includes('/dataprime-demo/pods?'))).toHaveLength(9);
  expect(snapshot.pods.some(({ name }) => name.startsWith('other-'))).toBe(false);
  expect('value' in snapshot.nodes && snapshot.nodes.value.size).toBe(202);
  expect(ofTargets.flat().filter(({ status }) => status !== 'proven')).toEqual([]);
});
