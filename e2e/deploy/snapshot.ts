import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Cluster } from '../cluster/cluster.ts';
import { exampleSystem } from '../support/example-system.ts';

const list = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({
        name: z.string(),
        uid: z.string(),
        resourceVersion: z.string(),
        generation: z.number().optional(),
        labels: z.record(z.string(), z.string()).optional(),
        deletionTimestamp: z.string().optional(),
      }),
    }),
  ),
});

const namespaces = [exampleSystem.namespace, exampleSystem.collectorNamespace];

async function items(cluster: Cluster, kinds: string) {
  const lists = await Promise.all(
    namespaces.map((namespace) => cluster.kubectlJson(['get', kinds, '--namespace', namespace], list)),
  );
  return lists.flatMap((it) => it.items).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** Every running pod: its workload by its UID. */
export async function pods(cluster: Cluster): Promise<Map<string, string>> {
  const all = await items(cluster, 'pods');
  return new Map(
    all.map(({ metadata }) => [metadata.uid, metadata.labels?.['app.kubernetes.io/name'] ?? metadata.name]),
  );
}

/** Workloads whose pods are others than before. */
export async function restarted(cluster: Cluster, before: Map<string, string>): Promise<string[]> {
  const after = await pods(cluster);
  return [...new Set([...after].filter(([uid]) => !before.has(uid)).map(([, name]) => name))].sort();
}

/** What was written, whatever controllers wrote into the status since. */
export async function written(cluster: Cluster): Promise<string[]> {
  const [plain, specified] = await Promise.all([
    items(cluster, 'configmaps,secrets,services,serviceaccounts,ingresses'),
    items(cluster, 'deployments,statefulsets,daemonsets'),
  ]);
  return [
    ...plain.map(({ kind, metadata }) => `${kind}/${metadata.name} ${metadata.uid} ${metadata.resourceVersion}`),
    ...specified.map(({ kind, metadata }) => `${kind}/${metadata.name} ${metadata.uid} ${metadata.generation}`),
  ].sort();
}

const held = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({ name: z.string() }),
      type: z.string().optional(),
      data: z.unknown().optional(),
      spec: z.unknown().optional(),
    }),
  ),
});

/** What a restart, the server or helm writes anew each time. */
const fleeting = new Set(['clusterIP', 'clusterIPs', 'nodePort', 'kubectl.kubernetes.io/restartedAt']);

/** What stands in the objects, without their history: equal for two ways to the same end. Values do not show. */
export async function contents(cluster: Cluster): Promise<string[]> {
  const kinds = 'configmaps,secrets,services,serviceaccounts,deployments,statefulsets,daemonsets';
  const lists = await Promise.all(
    namespaces.map((namespace) => cluster.kubectlJson(['get', kinds, '--namespace', namespace], held)),
  );
  return lists
    .flatMap(({ items: found }) => found)
    .filter(({ type }) => type !== 'helm.sh/release.v1')
    .map(({ kind, metadata, data, spec }) => {
      const text = JSON.stringify({ data, spec }, (key, value: unknown) => (fleeting.has(key) ? undefined : value));
      return `${kind}/${metadata.name} ${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
    })
    .sort();
}
