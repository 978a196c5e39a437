import type { Explanation } from '../../explain/explanation.ts';
import { joinNames } from '../../text/list.ts';
import { broken, type HopCheck, proven, sentences, unchecked } from '../check.ts';
import type { Target } from '../target.ts';
import { explanationCheck } from './explanation-check.ts';
import type { LivePath } from './live-collector.ts';
import { endpointsOfService, listServices } from './remedies.ts';
import { type ClusterSnapshot, objectKey, podsOf, unreadList } from './snapshot.ts';

/** Whether the endpoint of a service leads, from each node with a pod of it, to a ready address. */
export function checkEndpoint(
  snapshot: ClusterSnapshot,
  target: Target,
  path: LivePath,
  explanation: Explanation,
): HopCheck[] {
  const ready = checkReady(snapshot, target, path);
  return [explanationCheck('endpoint/path', explanation, ['address', 'node']), ...(ready === undefined ? [] : [ready])];
}

/** Undefined where no Service of the cluster leads on: then the name itself is what is wrong, or the node's own port is used. */
function checkReady(
  snapshot: ClusterSnapshot,
  target: Target,
  { services, missing, port }: LivePath,
): HopCheck | undefined {
  const id = 'endpoint/ready';
  if (missing !== undefined && unreadList(snapshot, 'services', missing.namespace) === undefined) {
    const message = `namespace ${missing.namespace} has no Service ${missing.name}`;
    return broken(id, message, { remedy: listServices(missing.namespace) });
  }
  const service = services.at(-1);
  if (service === undefined || service.type === 'ExternalName') {
    return undefined;
  }
  const title = `Service ${service.namespace}/${service.name}`;
  const unread = unreadList(snapshot, 'endpointslices', service.namespace);
  if (unread !== undefined) {
    return unchecked(id, unread.unread, unread);
  }
  const endpoints = snapshot.endpoints.get(objectKey('Service', service.namespace, service.name)) ?? [];
  const ready = endpoints.filter(({ isReady }) => isReady);
  const evidence = sentences(`${title} has ${ready.length} ready of ${endpoints.length} addresses`);
  const remedy = endpointsOfService(service);
  if (ready.length === 0) {
    return broken(id, `${title} has no ready address`, { remedy, evidence });
  }
  if (service.internalTrafficPolicy !== 'Local') {
    return proven(id, `${title} has ${ready.length} ready addresses`, { evidence });
  }
  const nodes = nodesOf(snapshot, target);
  if (nodes.length === 0) {
    return unchecked(id, `no pod shows from which nodes ${title} must lead on`, { evidence });
  }
  const without = nodes.filter((node) => !ready.some((endpoint) => endpoint.node === node));
  if (without.length > 0) {
    const message = `${title} has no ready address on node ${joinNames(without)}, and internalTrafficPolicy Local leads to no other node`;
    return broken(id, message, { remedy, evidence });
  }
  return proven(
    id,
    `${title} has a ready address on each of ${nodes.length} nodes${port === undefined ? '' : ` for port ${port}`}`,
    {
      evidence,
    },
  );
}

/** Nodes that run a pod of a service. */
export const nodesOf = (snapshot: ClusterSnapshot, target: Target): string[] => [
  ...new Set(podsOf(snapshot, target).flatMap(({ node }) => node ?? [])),
];
