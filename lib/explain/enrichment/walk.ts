import { type Collector, componentType } from '../../model/collector/collector.ts';
import type { CollectorPipeline } from '../../model/collector/collector-pipeline.ts';
import type { Place } from '../../problems/problem.ts';
import type { Reason } from '../hop.ts';
import type { Route } from '../route.ts';
import { type Attribute, type Attributes, withAbsent } from './attribute.ts';
import { cloudDetectors, detectedAttributes } from './detected.ts';
import { effectOf } from './effects.ts';
import { podAttributes } from './pod-attributes.ts';
import { type PodLookup, podLookup } from './pod-lookup.ts';
import { afterResource } from './resource-actions.ts';
import { afterTransform } from './transformed.ts';

/** What pipelines of a collector have made of a span's resource. */
export interface Enrichment {
  readonly resource: Attributes;
  /** What each processor added, in order. */
  readonly steps: readonly Reason[];
  /** Undefined where no `k8sattributes` was on the way. */
  readonly lookup: PodLookup | undefined;
  /** The `k8sattributes` that decided. */
  readonly by: { readonly collector: Collector; readonly id: string } | undefined;
}

/** Walks a span through pipelines of one collector. */
export function walked(
  route: Route,
  collector: Collector,
  way: readonly CollectorPipeline[],
  before: Enrichment,
): Enrichment {
  let current = before;
  const ids = way.flatMap(({ processors }) => processors);
  for (const [index, id] of ids.entries()) {
    const isFirst = route.chain[0] === collector;
    const peer = isFirst && !ids.slice(0, index).some((earlier) => componentType(earlier) === 'batch');
    current = processed(route, collector, id, current, peer);
  }
  return current;
}

function processed(route: Route, collector: Collector, id: string, before: Enrichment, peer: boolean): Enrichment {
  const { config } = collector;
  const isPodLookup = componentType(id) === 'k8sattributes';
  const lookup = isPodLookup ? podLookup(config, id, before.resource, route, peer) : undefined;
  const resource = resourceAfter(route, collector, id, before.resource, lookup);
  const added = [...resource.keys()].filter((name) => !before.resource.has(name));
  const removed = [...before.resource.keys()].filter((name) => !resource.has(name));
  const isDecided = before.lookup?.status === 'ok';
  return {
    resource,
    steps: [
      ...before.steps,
      { says: `${id} adds ${effect(collector, id, added, removed)}`, place: placeOf(collector, id) },
    ],
    lookup: isDecided ? before.lookup : (lookup ?? before.lookup),
    by: isDecided || lookup === undefined ? before.by : { collector, id },
  };
}

function effect(collector: Collector, id: string, added: readonly string[], removed: readonly string[]): string {
  const cloud = componentType(id) === 'resourcedetection' ? cloudDetectors(collector, id) : [];
  const changes = ['k8sattributes', 'resource', 'resourcedetection'].includes(componentType(id));
  const more = cloud.length === 0 ? [] : [`what ${cloud.join(', ')} say of the cloud`];
  const all = [...added, ...more].join(', ');
  const without = removed.length === 0 ? '' : `, and takes away ${removed.join(', ')}`;
  return `${all || (changes ? 'nothing that the span does not have' : (effectOf(id) ?? 'what its settings say'))}${without}`;
}

function resourceAfter(
  route: Route,
  collector: Collector,
  id: string,
  before: Attributes,
  lookup: PodLookup | undefined,
): Attributes {
  const named = (pairs: readonly (readonly [string, string | undefined])[]) =>
    pairs.map(([name, value]): [string, Attribute] => [name, { value, from: id }]);
  switch (componentType(id)) {
    case 'k8sattributes': {
      const address: [string, string][] = lookup?.byConnection === true ? [['k8s.pod.ip', '<status.podIP>']] : [];
      const found = lookup?.status === 'broken' ? [] : podAttributes(collector.config, id, route.workload);
      return withAbsent(before, named([...address, ...found]));
    }
    case 'resource':
      return afterResource(collector.config, id, before);
    case 'resourcedetection':
      return withAbsent(before, named(detectedAttributes(route.model, collector, id)));
    case 'transform':
      return afterTransform(collector.config, id, before);
    default:
      return before;
  }
}

/** Nothing where the chart has it by default, so that no line names it. */
function placeOf({ fromValues, place }: Collector, id: string): Place | undefined {
  const found = place(['processors', id]);
  const { line } = place();
  return fromValues && found.line === line ? undefined : found;
}
