import { isIP } from 'node:net';
import type { Mapping } from '../../yaml/value.ts';
import { worst } from '../certainty.ts';
import type { Collector } from '../collector/collector.ts';
import { unexpandedReference } from '../environment/unexpanded-reference.ts';
import { meshProxyOf } from '../spans/mesh.ts';
import { writtenResourceAttributes } from '../spans/written-resource-attributes.ts';
import type { Workload } from '../workload.ts';
import type { Attributes } from './attribute.ts';
import { type AssociationSource, podAssociations } from './pod-association.ts';
import type { SpanOrigin } from './span-origin.ts';

/** Why the processor `k8sattributes` finds no pod. */
export type LookupCause =
  | 'passthrough'
  /** A processor before it passes spans on without the connection that they came by. */
  | 'batch-before-lookup'
  /** Another collector is at the other end of the connection. */
  | 'relayed-connection'
  | 'host-network'
  | 'mesh'
  /** The span has no source of `pod_association`. */
  | 'no-source'
  /** The span has an attribute that is not the pod's own. */
  | 'foreign-attribute'
  /** The processor does not watch the pod. */
  | 'unwatched-pod';

/** Why it is not known whether a pod is found by its connection to a host port. */
export const hostPortReason =
  'the connection comes through a port of the node: whether it has the address of the pod or of the node depends on the network plug-in';

/** Whether the processor `k8sattributes` finds the pod, and by what. */
export type PodLookup = {
  readonly reason: string;
  /** Whether by the address of the connection, and that is the pod's. */
  readonly byConnection: boolean;
} & (
  | { readonly status: 'ok' | 'unknown'; readonly cause?: never; readonly by?: never }
  | {
      readonly status: 'broken';
      readonly cause: LookupCause;
      /** Id of the processor, title of the collector or name of the attribute that keeps the pod from being found. */
      readonly by?: string;
    }
);

/** What is at the other end of the connection by which spans come to a processor. */
export type Peer =
  | {
      readonly kind: 'pod';
      /** The proxy of a mesh beside the collector, e.g. `Istio`, whose address every connection has. */
      readonly proxy?: string;
      /** Whether the connection comes through a port of the node to a collector on the network of pods. */
      readonly isByHostPort?: boolean;
    }
  | { readonly kind: 'collector'; readonly title: string }
  /** The collector runs in the pod, and the spans come from `localhost`. */
  | { readonly kind: 'same-pod'; readonly title: string }
  /** Nothing any more: a component passed the spans on without it. */
  | { readonly kind: 'none'; readonly by: string };

/**
 * What is at the other end of the connections of a collector on the path of a workload's spans. The first one outside of
 * the pod sees the pod's address.
 *
 * @param before collectors on the path before it, in order
 */
export function peerOf(workload: Workload, before: readonly Collector[], collector: Collector): Peer {
  if (isInPod(workload, collector)) {
    return { kind: 'same-pod', title: collector.title };
  }
  const relay = before.findLast((other) => !isInPod(workload, other));
  return relay === undefined ? { kind: 'pod' } : { kind: 'collector', title: relay.title };
}

const isInPod = ({ namespace, title }: Workload, collector: Collector): boolean =>
  collector.isSidecar === true || (collector.namespace === namespace && collector.title === title);

/**
 * Finds the pod as the processor does: the first entry of `pod_association` of which the span has every source decides,
 * whether a pod matches it or not.
 *
 * @param peer what is at the other end of the connection: the pod itself neither at a gateway nor behind `batch`
 */
export function podLookup(
  config: Mapping,
  id: string,
  attributes: Attributes,
  origin: SpanOrigin,
  peer: Peer,
): PodLookup {
  const { entries, isPassthrough } = podAssociations(config, id);
  const found = byAssociation(entries, id, attributes, origin, peer);
  return isPassthrough
    ? lost('passthrough', `${id} has passthrough: true, and looks nothing up`, found.byConnection)
    : found;
}

function byAssociation(
  entries: readonly (readonly AssociationSource[])[],
  id: string,
  attributes: Attributes,
  origin: SpanOrigin,
  peer: Peer,
): PodLookup {
  for (const sources of entries) {
    const parts = sources.map((source) => bySource(source, attributes, origin, peer));
    const found = parts.flatMap((part) => part ?? []);
    const [first, ...others] = found;
    if (first !== undefined && found.length === parts.length) {
      return { ...worst(first, ...others), byConnection: found.some(({ byConnection }) => byConnection) };
    }
  }
  return entries.some((sources) => sources.some(({ isConnection }) => isConnection))
    ? withoutConnection(id, peer)
    : lost('no-source', 'no source of its pod_association is on the span');
}

/** The pod would be found by the connection, and the pod is not at its other end. */
function withoutConnection(id: string, peer: Peer): PodLookup {
  switch (peer.kind) {
    case 'collector':
      return {
        ...lost('relayed-connection', `${peer.title} is at the other end of that connection`),
        by: peer.title,
      };
    case 'same-pod':
      return {
        ...lost(
          'relayed-connection',
          `${peer.title} runs in the pod, and localhost is at the other end of that connection`,
        ),
        by: peer.title,
      };
    case 'none':
      return {
        ...lost('batch-before-lookup', `${peer.by} stands before ${id}, and after it no address is left`),
        by: peer.by,
      };
    case 'pod':
      return lost('no-source', 'no source of its pod_association is on the span');
  }
}

/** Undefined where the span does not have it. */
function bySource(
  { isConnection, name }: AssociationSource,
  attributes: Attributes,
  origin: SpanOrigin,
  peer: Peer,
): PodLookup | undefined {
  if (isConnection) {
    return peer.kind === 'pod' ? byConnection(origin, peer) : undefined;
  }
  const attribute = attributes.get(name);
  const isThere = name === 'host.name' ? mayBeAddress(attribute?.value) : attribute?.value !== '';
  return attribute !== undefined && isThere ? byAttribute(name, attribute.value, origin) : undefined;
}

/** A name of a host that is no address is passed over; what detectors find is none. */
const mayBeAddress = (value = ''): boolean => isIP(value) !== 0 || /^<(secret |status\.(pod|host)IP)/.test(value);

const lost = (cause: LookupCause, reason: string, byConnection = false): PodLookup & { readonly status: 'broken' } => ({
  status: 'broken',
  cause,
  reason,
  byConnection,
});

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

function byAttribute(name: string, value: string | undefined, origin: SpanOrigin): PodLookup {
  const { workload } = origin;
  const own = ownValues(name, workload);
  const unknown = (reason: string): PodLookup => ({ status: 'unknown', reason, byConnection: false });
  if (addresses.has(name) && workload.hostNetwork) {
    return lost('host-network', `the pod is on its node's network, and its ${name} is that of the node`);
  }
  if (value === undefined || value.startsWith('<secret ')) {
    return unknown(`the span has ${name}, and its value was not read`);
  }
  if (own.includes(value)) {
    return { status: 'ok', reason: `the span has ${name}, which is the pod's own`, byConnection: false };
  }
  const variable = /\$[({]/.test(value) ? writtenResourceAttributes(origin.environment).variable : undefined;
  if (variable !== undefined && unexpandedReference(origin.model, origin, variable)?.status === 'unknown') {
    return unknown(`the span has ${name}: ${value}, and what it refers to was not read`);
  }
  return own.length === 0
    ? unknown(`the span has ${name}: ${value}, which only the cluster can compare`)
    : {
        ...lost(
          'foreign-attribute',
          `the span has ${name}: ${value}, which is not ${own[0]}, and a source that matches no pod ends the search`,
        ),
        by: name,
      };
}

function byConnection(
  { model, workload, settings }: SpanOrigin,
  { proxy: beside, isByHostPort = false }: Extract<Peer, { kind: 'pod' }>,
): PodLookup {
  if (beside !== undefined) {
    return lost(
      'mesh',
      `the proxy of ${beside} beside the collector stands between, and every connection has its address`,
    );
  }
  const proxy = meshProxyOf(model, workload);
  if (workload.hostNetwork) {
    const reason = "the pod is on its node's network, and its connections come from the node's address";
    return lost('host-network', reason, true);
  }
  return proxy !== undefined && !proxy.skips('Outbound', settings.endpoint?.port ?? 0)
    ? lost('mesh', `the proxy of ${proxy.mesh} stands between, and the connection has its address`)
    : isByHostPort
      ? { status: 'unknown', reason: hostPortReason, byConnection: true }
      : { status: 'ok', reason: "the connection comes from the pod's own address", byConnection: true };
}
