import { z } from 'zod';
import type { Cluster } from '../../e2e/cluster/cluster.ts';
import { manifest } from '../../e2e/cluster/fixtures.ts';
import { succeed } from '../../e2e/cluster/kubectl.ts';

/** A pod that sends spans, as the API server knows it. */
export interface Pod {
  readonly service: string;
  readonly name: string;
  readonly uid: string;
  readonly address: string;
  readonly node: string;
}

export const namespace = 'shop';

/** As in the example system. */
const services = ['gateway', 'query', 'validation', 'queue', 'processing', 'storage', 'external', 'worker', 'frontend'];
const replicas = 2;

const podList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), uid: z.string(), labels: z.object({ app: z.string() }) }),
      spec: z.object({ nodeName: z.string() }),
      status: z.object({ podIP: z.string() }),
    }),
  ),
});

/** Rolls out the services and returns their pods. */
export async function createPods({ kubectl, kubectlJson }: Cluster): Promise<Pod[]> {
  const objects = [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, ...services.map(deployment)];
  await succeed(kubectl, ['apply', '-f', '-'], { input: manifest(...objects) });
  const all = services.map((name) => `deployment/${name}`);
  await succeed(kubectl, ['wait', '--for=condition=Available', '--timeout=60s', '-n', namespace, ...all]);
  const { items } = await kubectlJson(['get', 'pods', '-n', namespace], podList);
  return items.map(({ metadata, spec, status }) => ({
    service: metadata.labels.app,
    name: metadata.name,
    uid: metadata.uid,
    address: status.podIP,
    node: spec.nodeName,
  }));
}

const deployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace, labels: { app: name } },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, image: `registry.test/${name}:1.0.0` }] },
    },
  },
});
