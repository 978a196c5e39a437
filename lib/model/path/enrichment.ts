import { componentType } from '../../pipeline/component.ts';
import type { Pipeline } from '../../pipeline/pipelines.ts';
import type { Place } from '../../problems/problem.ts';
import type { Collector } from '../collector/collector.ts';
import type { Attributes } from '../enrichment/attribute.ts';
import { cloudDetectors } from '../enrichment/detected.ts';
import { enriched } from '../enrichment/enriched.ts';
import { type Peer, type PodLookup, peerOf } from '../enrichment/pod-lookup.ts';
import { collectorWorkload } from '../spans/collector-container.ts';
import { meshProxyOf } from '../spans/mesh.ts';
import type { Reason } from './hop.ts';
import type { SpanPath } from './span-path.ts';

/** A processor that takes an attribute away. */
interface Removal {
  readonly collector: Collector;
  /** Id of the processor. */
  readonly id: string;
  readonly step: Reason;
}

/** What pipelines of a collector have made of a span's resource. */
export interface Enrichment {
  readonly resource: Attributes;
  /** What each processor added, in order. */
  readonly steps: readonly Reason[];
  /** Undefined where no `k8sattributes` was on the path. */
  readonly lookup: PodLookup | undefined;
  /** What took attributes away, by their names. */
  readonly removed: ReadonlyMap<string, Removal>;
  /** The `k8sattributes` that decided. */
  readonly by: { readonly collector: Collector; readonly id: string } | undefined;
}

/**
 * Follows a span through pipelines of one collector.
 *
 * @param peer what is at the other end of the connection by which it comes
 */
export function enrichmentAfter(
  spanPath: SpanPath,
  collector: Collector,
  passed: readonly Pipeline[],
  before: Enrichment,
  peer: Peer = peerOn(spanPath, collector),
): Enrichment {
  const ids = passed.flatMap(({ processors }) => processors);
  const signal = passed.every((pipeline) => pipeline.signal === 'metrics') ? 'metrics' : 'traces';
  return enriched(spanPath, collector, ids, before.resource, peer, signal).reduce(
    (current, { id, resource, lookup }): Enrichment => {
      const isDecided = current.lookup?.status === 'ok';
      const removed = [...current.resource.keys()].filter((name) => !resource.has(name));
      const step: Reason = {
        message: `${id} adds ${effect(collector, id, current.resource, resource)}`,
        place: () => placeOf(collector, id),
      };
      return {
        resource,
        removed: new Map([...current.removed, ...removed.map((name) => [name, { collector, id, step }] as const)]),
        steps: [...current.steps, step],
        lookup: isDecided ? current.lookup : (lookup ?? current.lookup),
        by: isDecided || lookup === undefined ? current.by : { collector, id },
      };
    },
    before,
  );
}

/** The pod is at the other end of the connections of the first collector outside of it alone. */
function peerOn({ model, workload, collectors, settings, answer }: SpanPath, collector: Collector): Peer {
  const peer = peerOf(workload, collectors.slice(0, collectors.indexOf(collector)), collector);
  if (peer.kind !== 'pod') {
    return peer;
  }
  const own = collectorWorkload(model, collector);
  const proxy = own === undefined ? undefined : meshProxyOf(model, own);
  const isBetween = proxy !== undefined && !proxy.skips('Inbound', settings.endpoint?.port ?? 0);
  const isThroughNode = answer?.kind === 'collector' && answer.services.at(-1)?.isAtNode === true;
  const isByHostPort = settings.endpoint?.host.kind === 'node' && (!collector.hostNetwork || isThroughNode);
  return { kind: 'pod', isByHostPort, ...(isBetween ? { proxy: proxy.mesh } : {}) };
}

function effect(collector: Collector, id: string, before: Attributes, after: Attributes): string {
  const added = [...after.keys()].filter((name) => !before.has(name));
  const removed = [...before.keys()].filter((name) => !after.has(name));
  const cloud = componentType(id) === 'resourcedetection' ? cloudDetectors(collector, id) : [];
  const changes = ['k8sattributes', 'resource', 'resourcedetection'].includes(componentType(id));
  const more = cloud.length === 0 ? [] : [`the cloud attributes of ${cloud.join(', ')}`];
  const all = [...added, ...more].join(', ');
  const without = removed.length === 0 ? '' : `, and removes ${removed.join(', ')}`;
  return `${all || (changes ? 'no new attribute' : (effectOf(id) ?? 'what its settings add'))}${without}`;
}

/** Nothing where the chart has it by default, so that no line names it. */
function placeOf({ fromValues, place }: Collector, id: string): Place | undefined {
  const found = place(['processors', id]);
  const { line } = place();
  return fromValues && found.line === line ? undefined : found;
}

/** What processors do beside the resource, by their ids where these say more than their types. */
const known: Readonly<Record<string, string>> = {
  'transform/spanmetrics': 'the status of the span metrics under one name',
  'transform/semconv': 'http.method of newer spans, http.response.status_code of older ones',
  'transform/reduce': 'no attribute, and takes some of the resource away',
  memory_limiter: 'nothing, and refuses spans while memory is short',
  batch: 'nothing, and sends many spans at once',
  redaction: 'nothing, and takes identifiers out of the names of spans',
  groupbytrace: 'nothing, and waits for the other spans of the trace',
  coralogix: 'cgx.transaction and cgx.transaction.root',
  tail_sampling: 'nothing, and drops the traces that no policy keeps',
  probabilistic_sampler: 'nothing, and drops a share of the traces',
  filter: 'nothing, and may drop spans',
};

/** What a processor adds, for people; undefined where that is not known. */
function effectOf(id: string): string | undefined {
  const type = componentType(id);
  return Object.hasOwn(known, id) ? known[id] : Object.hasOwn(known, type) ? known[type] : undefined;
}
