import { ofAlikeSources } from './alike-source.ts';
import { allSeries, countSource, renewedSeries } from './count.ts';
import { type CountedSpan, countedRows } from './counted-rows.ts';
import type { ServiceForecast } from './forecast.ts';
import type { CountedCollector, ServiceTraffic } from './system-traffic.ts';

/** What one service makes, and what drives it. */
export function serviceForecast(traffic: ServiceTraffic, collectors: readonly CountedCollector[]): ServiceForecast {
  const { traced, source, basis, deploymentsPerDay } = traffic;
  const own = collectors
    .filter(({ collector }) => collector === traced.collector)
    .map((counted) => ({ ...counted, sources: [source] }));
  const counts = own.flatMap(({ counters }) =>
    counters.map((counter) => ({ counter, ...countSource(counter, source) })),
  );
  const series = counts.reduce((sum, count) => sum + allSeries(count), 0);
  const main = counts.find(({ counter }) => counter.isMain);
  return {
    service: source.service,
    workload: traced.workload.title,
    basis,
    pods: source.pods,
    ...(main === undefined ? noVariety : varietyOf(main.counter, source)),
    labelSets: main?.labelSets ?? 0,
    series,
    seriesPerDay: series + renewedSeries(own) * deploymentsPerDay,
  };
}

/** How different the spans of a service are. */
type Variety = Pick<ServiceForecast, 'operations' | 'kinds' | 'statuses' | 'dimensionValues'>;

const noVariety: Variety = { operations: 0, kinds: 0, statuses: 0, dimensionValues: 0 };

const varietyOf = ofAlikeSources((counter, source): Variety => {
  const rows = countedRows(counter, source);
  const different = (name: string) => new Set(rows.map(({ values }) => values.get(name))).size;
  return {
    operations: different('span.name'),
    kinds: different('span.kind'),
    statuses: different('status.code'),
    dimensionValues: mostValues(rows),
  };
});

/** Values of the dimensions together, of the operation that has most. */
function mostValues(rows: readonly CountedSpan[]): number {
  const ofOperations = new Map<string, Set<string>>();
  for (const { values, dimensions } of rows) {
    const operation = values.get('span.name') ?? '';
    const own = ofOperations.get(operation) ?? new Set();
    ofOperations.set(operation, own.add(JSON.stringify(dimensions.map((name) => values.get(name) ?? null))));
  }
  return [...ofOperations.values()].reduce((most, { size }) => Math.max(most, size), 0);
}
