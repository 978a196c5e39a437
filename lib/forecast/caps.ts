import { countedSpans, type SpanCounter } from './collector/span-counter.ts';
import { setsOfOneResource } from './count.ts';
import type { Cap } from './forecast.ts';
import type { SpanSource } from './label-sets.ts';
import type { CountedCollector } from './system-traffic.ts';

/** Limits of the collectors and how near they are. */
export const capsOf = (collectors: readonly CountedCollector[]): Cap[] =>
  collectors.flatMap(({ counters, sources }) =>
    counters.flatMap((counter) => [...labelSetCap(counter, sources), ...resourceCap(counter, sources)]),
  );

/** Each resource has a limit of its own: the pod that does most decides. */
function labelSetCap(counter: SpanCounter, sources: readonly SpanSource[]): Cap[] {
  const { labelSetLimit: limit } = counter.settings;
  const [most] = sources
    .map((source) => ({ service: source.service, reached: setsOfOneResource(counter, source) }))
    .sort((one, other) => other.reached - one.reached);
  return limit === undefined || most === undefined || most.reached === 0
    ? []
    : [{ setting: 'aggregation_cardinality_limit', connector: counter.id, limit, ...most }];
}

/** What the kubelet runs on one node unless it is configured otherwise. */
const podsOfOneNode = 110;

/** Resources of one collector when the pods are spread evenly. */
function resourceCap(counter: SpanCounter, sources: readonly SpanSource[]): Cap[] {
  const onOneNode = sources
    .filter((source) => source.pods > 0 && countedSpans(counter, source.spans).length > 0)
    .map(({ service, pods, processes, nodes }) => ({
      service,
      pods: Math.ceil(pods / Math.max(1, Math.min(pods, nodes))),
      processes,
    }))
    .sort((one, other) => other.pods * other.processes - one.pods * one.processes);
  const [most] = onOneNode;
  const pods = sum(onOneNode.map((one) => one.pods));
  const resources = sum(onOneNode.map((one) => one.pods * one.processes));
  return most === undefined
    ? []
    : [
        {
          setting: 'resource_metrics_cache_size',
          connector: counter.id,
          limit: counter.settings.resourceLimit,
          reached: Math.round(resources * Math.min(1, podsOfOneNode / pods)),
          service: most.service,
        },
      ];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Part of the series that are left where a resource has more label sets than the limit: those, and one for the rest. */
export function partLeft(counter: SpanCounter, source: SpanSource): number {
  const { labelSetLimit: limit } = counter.settings;
  const sets = setsOfOneResource(counter, source);
  return limit === undefined || sets <= limit ? 1 : (limit + 1) / sets;
}
