import { endpointSliceShape, nodeShape } from './shapes.ts';
import type { LiveEndpoint } from './snapshot.ts';

/** A node, and whether it is ready; undefined for an object that is none. */
export function nodeOf(object: unknown): { readonly name: string; readonly isReady: boolean } | undefined {
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
