import { componentType } from '../../pipeline/component.ts';
import type { StatementSignal } from '../../pipeline/statements.ts';
import type { Collector } from '../collector/collector.ts';
import { type Attribute, type Attributes, withAbsent } from './attribute.ts';
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
    const isPodLookup = componentType(id) === 'k8sattributes';
    const lookup = isPodLookup ? watchedLookup(origin, collector, id, resource, current) : undefined;
    resource = resourceAfter(origin, collector, id, resource, lookup, signal);
    current = forgetful.has(componentType(id)) ? { kind: 'none', by: id } : current;
    return { id, resource, lookup };
  });
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

function resourceAfter(
  origin: SpanOrigin,
  collector: Collector,
  id: string,
  before: Attributes,
  lookup: PodLookup | undefined,
  signal: StatementSignal,
): Attributes {
  const { config } = collector;
  const named = (pairs: readonly (readonly [string, string | undefined])[]) =>
    pairs.map(([name, value]): [string, Attribute] => [name, { value, from: id }]);
  switch (componentType(id)) {
    case 'k8sattributes': {
      const isNew = lookup?.byConnection === true && setsAddress(config, id);
      const address: [string, string][] = isNew ? [['k8s.pod.ip', '<status.podIP>']] : [];
      const found = lookup?.status === 'broken' ? [] : podAttributes(config, id, origin.workload);
      return withAbsent(before, named([...address, ...found]));
    }
    case 'resource':
      return afterResource(config, id, before);
    case 'resourcedetection': {
      // Of several detectors the first decides.
      const detected = withAbsent(new Map(), named(detectedAttributes(origin, collector, id)));
      return overrides(config, id) ? new Map([...before, ...detected]) : withAbsent(before, detected);
    }
    case 'redaction':
      return afterRedaction(config, id, before);
    case 'transform':
      return afterTransform(config, id, before, signal);
    default:
      return before;
  }
}
