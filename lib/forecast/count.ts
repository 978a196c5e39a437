import { type SpanCounter, seriesPerDuration } from './collector/span-counter.ts';
import type { LabelScope } from './label.ts';
import { type LabelSets, labelSets, type SpanSource } from './label-sets.ts';
import type { CountedCollector } from './system-traffic.ts';

/** Series of one span metrics connector. */
interface SeriesCount {
  /** Label sets of `calls`. */
  readonly labelSets: number;
  readonly calls: number;
  readonly duration: number;
}

/** Series that a connector makes of these sources together, whatever the collector's limit. */
export function countSeries(
  counter: SpanCounter,
  sources: readonly SpanSource[],
  without: ReadonlySet<string> = new Set(),
): SeriesCount {
  const { callsDimensions, durationDimensions } = counter.settings;
  const of = (metric: 'calls' | 'duration') =>
    countLabelSets(sources.map((source) => labelSets(counter, source, metric, without)));
  const calls = of('calls');
  const isSame = callsDimensions.length === 0 && durationDimensions.length === 0;
  return { labelSets: calls, calls, duration: seriesPerDuration(counter) * (isSame ? calls : of('duration')) };
}

export const allSeries = ({ calls, duration }: SeriesCount): number => calls + duration;

/** How many label sets several sources make together: those that are equal count once. */
function countLabelSets(all: readonly LabelSets[]): number {
  const shared = new Map<string, number>();
  let count = 0;
  for (const { source, scopes } of all) {
    for (const [labels, scope] of scopes) {
      const instances = instancesOf(source, scope);
      if (scope === 'pod' || scope === 'process') {
        // No two services share a pod.
        count += instances;
      } else {
        shared.set(labels, Math.max(shared.get(labels) ?? 0, instances));
      }
    }
  }
  return [...shared.values()].reduce((sum, instances) => sum + instances, count);
}

function instancesOf({ pods, processes, nodes }: SpanSource, scope: LabelScope): number {
  switch (scope) {
    case 'process':
      return pods * processes;
    case 'pod':
      return pods;
    case 'node':
      return Math.min(pods, nodes);
    case 'service':
      return Math.min(pods, 1);
  }
}

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
