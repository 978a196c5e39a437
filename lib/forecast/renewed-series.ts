import type { SpanCounter } from './collector/span-counter.ts';
import { allSeries, countSeries } from './count.ts';
import type { CountedCollector } from './counted-collector.ts';
import type { SpanSource } from './span-source.ts';

/** Series that a deployment begins anew, since it replaces all pods: those whose labels distinguish pods or versions. */
export const renewedSeries = (collectors: readonly CountedCollector[]): number =>
  collectors
    .flatMap(({ counters, sources }) =>
      counters.flatMap((counter) =>
        sources
          .filter((source) => isRenewed(counter, source))
          .map((source) => allSeries(countSeries(counter, [source]))),
      ),
    )
    .reduce((sum, series) => sum + series, 0);

const isRenewed = (counter: SpanCounter, source: SpanSource): boolean =>
  [...source.resourceAt(counter)].some(
    ([name, { scope }]) => scope === 'pod' || scope === 'process' || name === 'service.version',
  );
