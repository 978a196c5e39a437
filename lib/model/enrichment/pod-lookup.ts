import { meshProxyOf } from '../spans/mesh.ts';
import { listAt, type Mapping, textAt } from '../value.ts';
import type { Attributes } from './attribute.ts';
import type { SpanOrigin } from './span-origin.ts';

/** Whether the processor `k8sattributes` finds the pod, and by what. */
export interface PodLookup {
  /** `unknown`: what was read does not tell. */
  readonly status: 'ok' | 'broken' | 'unknown';
  readonly because: string;
  /** Whether by the address of the connection. */
  readonly byConnection: boolean;
}

const own: Readonly<Record<string, string>> = {
  'k8s.pod.ip': '<status.podIP>',
  'k8s.pod.uid': '<metadata.uid>',
};

/**
 * Finds the pod as the processor does: the first entry of `pod_association` of which the span has every source decides,
 * whether a pod matches it or not.
 *
 * @param peer whether the pod itself is at the other end of the connection: not at a gateway, and not behind `batch`
 */
export function podLookup(
  config: Mapping,
  id: string,
  attributes: Attributes,
  origin: SpanOrigin,
  peer: boolean,
): PodLookup {
  if (textAt(config, 'processors', id, 'passthrough') === 'true') {
    return lost(`${id} has passthrough: true, and looks nothing up`);
  }
  const entries = listAt(config, 'processors', id, 'pod_association').map((entry) => listAt(entry, 'sources'));
  const usual = [[{ from: 'connection' }]];
  for (const sources of entries.length === 0 ? usual : entries) {
    const names = sources.flatMap((source) =>
      textAt(source, 'from') === 'connection' ? [] : (textAt(source, 'name') ?? ''),
    );
    const isByConnection = names.length < sources.length;
    if (names.every((name) => attributes.has(name)) && (!isByConnection || peer) && sources.length > 0) {
      const [first] = names;
      return first === undefined ? byConnection(origin) : byAttribute(first, attributes.get(first)?.value, origin);
    }
  }
  return lost(
    peer
      ? 'no source of its pod_association is on the span'
      : 'what is at the other end of the connection is not the pod',
  );
}

const lost = (because: string): PodLookup => ({ status: 'broken', because, byConnection: false });

function byAttribute(name: string, value: string | undefined, { workload }: SpanOrigin): PodLookup {
  const expected = Object.hasOwn(own, name) ? own[name] : undefined;
  if (name === 'k8s.pod.ip' && workload.hostNetwork) {
    return lost("the pod is on its node's network, and its k8s.pod.ip is that of the node");
  }
  if (value === expected || (name === 'k8s.job.name' && value === workload.name)) {
    return { status: 'ok', because: `the span says ${name}, which is the pod's own`, byConnection: false };
  }
  if (value === undefined || value.startsWith('<secret ')) {
    return { status: 'unknown', because: `the span says ${name}, and its value was not read`, byConnection: false };
  }
  return expected === undefined
    ? {
        status: 'unknown',
        because: `the span says ${name}: ${value}, which only the cluster can compare`,
        byConnection: false,
      }
    : lost(
        `the span says ${name}: ${value}, which is not ${expected}, and a source that matches no pod ends the search`,
      );
}

function byConnection({ model, workload, settings }: SpanOrigin): PodLookup {
  const proxy = meshProxyOf(model, workload);
  if (workload.hostNetwork) {
    return lost("the pod is on its node's network, and its connections come from the node's address");
  }
  return proxy !== undefined && !proxy.skips('Outbound', settings.endpoint?.port ?? 0)
    ? lost(`the proxy of ${proxy.mesh} stands between, and the connection has its address`)
    : { status: 'ok', because: "the connection comes from the pod's own address", byConnection: true };
}
