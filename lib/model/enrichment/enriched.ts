import { componentType } from '../../pipeline/component.ts';
import type { StatementSignal } from '../../pipeline/statements.ts';
import type { Collector } from '../collector/collector.ts';
import { type Attribute, type Attributes, addAbsent, addValues } from './attribute.ts';
import { detectedAttributes, overrides } from './detected.ts';
import { podAttributes, setsAddress } from './pod-attributes.ts';
import { type Peer, type PodLookup, podLookup } from './pod-lookup.ts';
import { afterRedaction } from './redacted.ts';
import { afterResource } from './resource-actions.ts';
import type { SpanOrigin } from './span-origin.ts';
import { afterTransform } from './transformed.ts';
import { unwatchedPods } from './watched-pods.ts';

/** What a processor has made of the resource of spans. */
export interface Enriched {
  /** Id of the processor. */
  readonly id: string;
  readonly resource: Attributes;
  /** Undefined where it looks up no pods. */
  readonly lookup: PodLookup | undefined;
}

/**
 * Takes the resource of spans through processors of a collector, one after the other. What is not understood changes
 * nothing.
 *
 * @param peer what is at the other end of the connection by which they come
 * @param signal of the pipelines of these processors
 */
export function enriched(
  origin: SpanOrigin,
  collector: Collector,
  ids: readonly string[],
  before: Attributes,
  peer: Peer,
  signal: StatementSignal = 'traces',
): Enriched[] {
  let resource = before;
  let current = peer;
  return ids.map((id) => {
    const after = changing.has(componentType(id)) ? new Map(resource) : undefined;
    const lookup = after === undefined ? undefined : change(origin, collector, id, after, current, signal);
    resource = after ?? resource;
    current = peerBehind(id, current);
    return { id, resource, lookup };
  });
}

/** Changes the resource of spans as `enriched` says, where nobody asks for what is between. */
export function enrich(
  origin: SpanOrigin,
  collector: Collector,
  ids: readonly string[],
  resource: Map<string, Attribute>,
  peer: Peer,
): void {
  let current = peer;
  for (const id of ids) {
    change(origin, collector, id, resource, current, 'traces');
    current = peerBehind(id, current);
  }
}

/** What `pod_association` leads to, unless the processor does not watch that pod. */
function watchedLookup(
  origin: SpanOrigin,
  collector: Collector,
  id: string,
  resource: Attributes,
  peer: Peer,
): PodLookup {
  const lookup = podLookup(collector.config, id, resource, origin, peer);
  const unwatched = lookup.status === 'broken' ? undefined : unwatchedPods(collector, id, origin.workload);
  if (unwatched === undefined) {
    return lookup;
  }
  const { status, reason } = unwatched;
  const found = { reason, byConnection: lookup.byConnection };
  return status === 'broken' ? { ...found, status, cause: 'unwatched-pod' } : { ...found, status };
}

/** Types that pass spans on later, without the connection that they came by. */
const forgetful: ReadonlySet<string> = new Set(['batch', 'groupbytrace', 'tail_sampling']);

const peerBehind = (id: string, before: Peer): Peer =>
  forgetful.has(componentType(id)) ? { kind: 'none', by: id } : before;

/** Types that change a resource. */
const changing: ReadonlySet<string> = new Set([
  'k8sattributes',
  'resource',
  'resourcedetection',
  'redaction',
  'transform',
]);

/** @returns the lookup of the pod, by a processor that makes one */
function change(
  origin: SpanOrigin,
  collector: Collector,
  id: string,
  resource: Map<string, Attribute>,
  peer: Peer,
  signal: StatementSignal,
): PodLookup | undefined {
  const { config } = collector;
  switch (componentType(id)) {
    case 'k8sattributes': {
      const lookup = watchedLookup(origin, collector, id, resource, peer);
      if (lookup.byConnection && setsAddress(config, id)) {
        addValues(resource, [['k8s.pod.ip', '<status.podIP>']], id);
      }
      if (lookup.status !== 'broken') {
        addValues(resource, podAttributes(config, id, origin.workload), id);
      }
      return lookup;
    }
    case 'resource':
      afterResource(config, id, resource, resource);
      break;
    case 'resourcedetection': {
      // Of several detectors the first decides.
      const detected = new Map<string, Attribute>();
      addValues(detected, detectedAttributes(origin, collector, id), id);
      if (overrides(config, id)) {
        for (const [name, attribute] of detected) {
          resource.set(name, attribute);
        }
      } else {
        addAbsent(resource, detected);
      }
      break;
    }
    case 'redaction':
      afterRedaction(config, id, resource, resource);
      break;
    case 'transform':
      afterTransform(config, id, resource, signal, resource);
      break;
  }
  return undefined;
}
