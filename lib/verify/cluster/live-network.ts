import type { KubeClient } from './kube-client.ts';
import { KubeError, unreadBy } from './kube-error.ts';
import { nodes, pathOf } from './resources.ts';
import { endpointSliceShape, nodeShape } from './shapes.ts';
import type { ClusterSnapshot, LiveEndpoint } from './snapshot.ts';

/** The nodes of a cluster and whether each is ready, or why they were not read. */
export async function readNodes(client: KubeClient): Promise<ClusterSnapshot['nodes']> {
  const found = new Map<string, boolean>();
  try {
    for await (const item of client.list(pathOf(nodes, undefined), 'nodes', () => found.clear())) {
      const node = nodeOf(item);
      if (node !== undefined) {
        found.set(node.name, node.isReady);
      }
    }
    return { value: found };
  } catch (error) {
    if (error instanceof KubeError) {
      return unreadBy(error);
    }
    throw error;
  }
}

/** A node, and whether it is ready; undefined for an object that is none. */
function nodeOf(object: unknown): { readonly name: string; readonly isReady: boolean } | undefined {
  const parsed = nodeShape.safeParse(object);
  return parsed.success
    ? {
        name: parsed.data.metadata.name,
        isReady: parsed.data.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
      }
    : undefined;
}

/** The Service of an EndpointSlice and its addresses; undefined for one that belongs to no Service. */
export function endpointsOf(
  object: unknown,
): { readonly service: string; readonly endpoints: readonly LiveEndpoint[] } | undefined {
  const parsed = endpointSliceShape.safeParse(object);
  const service = parsed.data?.metadata.labels['kubernetes.io/service-name'];
  if (!parsed.success || service === undefined) {
    return undefined;
  }
  const ports = parsed.data.ports.flatMap(({ port }) => port ?? []);
  const endpoints = parsed.data.endpoints.map(({ nodeName, conditions }) => ({
    node: nodeName ?? undefined,
    isReady: conditions?.ready !== false,
    ports,
  }));
  return { service, endpoints };
}
