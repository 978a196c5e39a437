import type { Collector } from '../model/collector/collector.ts';
import { type SpanCounter, spanCounters } from './collector/span-counter.ts';
import type { SpanSource } from './span-source.ts';
import type { ServiceTraffic } from './system-traffic.ts';

/** A collector, how it counts, and whose spans. */
export interface CountedCollector {
  readonly collector: Collector;
  readonly counters: readonly SpanCounter[];
  readonly sources: readonly SpanSource[];
}

export function countedCollectors(traffic: readonly ServiceTraffic[]): CountedCollector[] {
  const sources = new Map<Collector, SpanSource[]>();
  for (const { traced, source } of traffic) {
    if (traced.collector !== undefined) {
      const own = sources.get(traced.collector) ?? [];
      own.push(source);
      sources.set(traced.collector, own);
    }
  }
  return [...sources].map(([collector, own]) => ({ collector, counters: spanCounters(collector), sources: own }));
}
