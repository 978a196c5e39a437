import type { ForecastConfig } from '../../../config/schema/forecast.ts';
import { countedSpans, type SpanCounter, seriesPerDuration } from '../../../forecast/collector/span-counter.ts';
import { allSeries, countSeries } from '../../../forecast/count.ts';
import type { SpanSource } from '../../../forecast/label-sets.ts';
import { countedCollectors, systemTraffic } from '../../../forecast/system-traffic.ts';
import type { Collector } from '../../../model/collector/collector.ts';
import type { Model } from '../../../model/model.ts';

export interface ExceededBudget {
  readonly collector: Collector;
  readonly series: number;
  readonly pods: number;
}

/** Collectors whose span metrics have more series than that together, with the traffic that is described or assumed. */
export function exceededBudgets(model: Model, config: ForecastConfig, budget: number): ExceededBudget[] {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return countedCollectors(systemTraffic(model, config, undefined))
    .filter(({ counters, sources }) => sum(counters.map((counter) => atMost(counter, sources))) > budget)
    .map(({ collector, counters, sources }) => ({
      collector,
      series: sum(counters.map((counter) => allSeries(countSeries(counter, sources)))),
      pods: sum(sources.map(({ pods }) => pods)),
    }))
    .filter(({ series }) => series > budget);
}

/** What needs no counting: each shape of a span makes at most one label set in each process. */
const atMost = (counter: SpanCounter, sources: readonly SpanSource[]): number =>
  sources.reduce(
    (total, { pods, processes, spans }) =>
      total + pods * processes * countedSpans(counter, spans).length * (1 + seriesPerDuration(counter)),
    0,
  );
