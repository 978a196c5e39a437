import { isIP } from 'node:net';
import { listAt, type Mapping, textAt } from '../../yaml/value.ts';
import { type Certainty, worst } from '../certainty.ts';
import { meshProxyOf } from '../spans/mesh.ts';
import type { Workload } from '../workload.ts';
import type { Attributes } from './attribute.ts';
import type { SpanOrigin } from './span-origin.ts';

/** Whether the processor `k8sattributes` finds the pod, and by what. */
export interface PodLookup {
  readonly status: Certainty;
  readonly reason: string;
  /** Whether by the address of the connection, and that is the pod's. */
  readonly byConnection: boolean;
}

/** The default associations, as if each were the address of the connection. */
const usual = [
  [{ from: 'resource_attribute', name: 'k8s.pod.ip' }],
  [{ from: 'resource_attribute', name: 'ip' }],
  [{ from: 'connection' }],
  [{ from: 'resource_attribute', name: 'host.name' }],
];

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
  const found = byAssociation(config, id, attributes, origin, peer);
  return textAt(config, 'processors', id, 'passthrough') === 'true'
    ? { ...found, status: 'broken', reason: `${id} has passthrough: true, and looks nothing up` }
    : found;
}

function byAssociation(config: Mapping, id: string, attributes: Attributes, origin: SpanOrigin, peer: boolean) {
  const entries = listAt(config, 'processors', id, 'pod_association').map((entry) => listAt(entry, 'sources'));
  for (const sources of entries.length === 0 ? usual : entries) {
    const parts = sources.map((source) => bySource(source, attributes, origin, peer));
    const found = parts.flatMap((part) => part ?? []);
    const [first, ...others] = found;
    if (first !== undefined && found.length === parts.length) {
      return { ...worst(first, ...others), byConnection: found.some(({ byConnection }) => byConnection) };
    }
  }
  return lost(
    peer
      ? 'no source of its pod_association is on the span'
      : 'what is at the other end of the connection is not the pod',
  );
}

/** Undefined where the span does not have it. */
function bySource(source: unknown, attributes: Attributes, origin: SpanOrigin, peer: boolean): PodLookup | undefined {
  if (textAt(source, 'from') === 'connection') {
    return peer ? byConnection(origin) : undefined;
  }
  const name = textAt(source, 'name') ?? '';
  const attribute = attributes.get(name);
  const isThere = name === 'host.name' ? mayBeAddress(attribute?.value) : attribute?.value !== '';
  return attribute !== undefined && isThere ? byAttribute(name, attribute.value, origin) : undefined;
}

/** A name of a host that is no address is passed over; what detectors find is none. */
const mayBeAddress = (value = ''): boolean => isIP(value) !== 0 || /^<(secret |status\.(pod|host)IP)/.test(value);

const lost = (reason: string): PodLookup => ({ status: 'broken', reason, byConnection: false });

const addresses = new Set(['k8s.pod.ip', 'ip', 'host.name']);

/** The value of an attribute that is the pod's own; nothing where only the cluster can compare. */
function ownValues(name: string, { kind, name: workload, namespace }: Workload): readonly string[] {
  switch (name) {
    case 'k8s.pod.uid':
      return ['<metadata.uid>'];
    case 'k8s.pod.name':
      return ['<metadata.name>', ...(kind === 'Pod' ? [workload] : [])];
    case 'k8s.namespace.name':
      return [namespace];
    case 'k8s.job.name':
      return kind === 'Job' ? [workload] : [];
    default:
      return addresses.has(name) ? ['<status.podIP>'] : [];
  }
}

function byAttribute(name: string, value: string | undefined, { workload }: SpanOrigin): PodLookup {
  const own = ownValues(name, workload);
  const unknown = (reason: string): PodLookup => ({ status: 'unknown', reason, byConnection: false });
  if (addresses.has(name) && workload.hostNetwork) {
    return lost(`the pod is on its node's network, and its ${name} is that of the node`);
  }
  if (value === undefined || value.startsWith('<secret ')) {
    return unknown(`the span has ${name}, and its value was not read`);
  }
  if (own.includes(value)) {
    return { status: 'ok', reason: `the span has ${name}, which is the pod's own`, byConnection: false };
  }
  return own.length === 0
    ? unknown(`the span has ${name}: ${value}, which only the cluster can compare`)
    : lost(`the span has ${name}: ${value}, which is not ${own[0]}, and a source that matches no pod ends the search`);
}

function byConnection({ model, workload, settings }: SpanOrigin): PodLookup {
  const proxy = meshProxyOf(model, workload);
  if (workload.hostNetwork) {
    const reason = "the pod is on its node's network, and its connections come from the node's address";
    return { status: 'broken', reason, byConnection: true };
  }
  return proxy !== undefined && !proxy.skips('Outbound', settings.endpoint?.port ?? 0)
    ? lost(`the proxy of ${proxy.mesh} stands between, and the connection has its address`)
    : { status: 'ok', reason: "the connection comes from the pod's own address", byConnection: true };
}
