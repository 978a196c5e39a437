import { groupBy } from '../group-by.ts';
import { ofAlikeSources } from './alike-source.ts';
import { type SpanCounter, seriesPerDuration } from './collector/span-counter.ts';
import type { LabelScope } from './label.ts';
import { attachedLabels, type LabelSets, labelSets, noLabels, type SpanSource } from './label-sets.ts';
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
  without: ReadonlySet<string> = noLabels,
): SeriesCount {
  const groups: Iterable<readonly SpanSource[]> =
    sources.length === 1 ? [sources] : groupBy(sources, (source) => ownerOf(counter, source, without)).values();
  const alone: SpanSource[] = [];
  const sharing: SpanSource[] = [];
  for (const group of groups) {
    const list = group.length === 1 ? alone : sharing;
    for (const source of group) {
      list.push(source);
    }
  }
  return seriesOf(counter, (metric) => {
    const scopes = scopeCounts(metric, without);
    return (
      countLabelSets(sharing.map((source) => labelSets(counter, source, metric, without))) +
      alone.reduce((sum, source) => sum + countAlone(source, scopes(counter, source)), 0)
    );
  });
}

/** Series that a connector makes of one source: `countSeries` without what several may share. */
export const countSource = (counter: SpanCounter, source: SpanSource): SeriesCount =>
  seriesOf(counter, (metric) => countAlone(source, scopeCounts(metric, noLabels)(counter, source)));

function seriesOf(counter: SpanCounter, labelSetsOf: (metric: Metric) => number): SeriesCount {
  const { callsDimensions, durationDimensions } = counter.settings;
  const calls = labelSetsOf('calls');
  const isSame = callsDimensions.length === 0 && durationDimensions.length === 0;
  const duration = seriesPerDuration(counter) * (isSame ? calls : labelSetsOf('duration'));
  return { labelSets: calls, calls, duration };
}

export const allSeries = ({ calls, duration }: SeriesCount): number => calls + duration;

/** Sources that differ in it have no label set in common. */
const ownerOf = (counter: SpanCounter, source: SpanSource, without: ReadonlySet<string>): string =>
  counter.settings.always.includes('service.name') && !without.has('service.name')
    ? source.service
    : attachedLabels(source.resourceAt(counter), counter.settings.resourceKey, without).labels;

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

type Metric = 'calls' | 'duration';

/** How many label sets of one source have each scope. */
type ScopeCounts = ReadonlyMap<LabelScope, number>;
type CountScopes = (counter: SpanCounter, source: SpanSource) => ScopeCounts;

const counted = new WeakMap<ReadonlySet<string>, Map<Metric, CountScopes>>();

/** Counts once what is the same for all sources that are alike. */
function scopeCounts(metric: Metric, without: ReadonlySet<string>): CountScopes {
  const byMetric = counted.get(without) ?? new Map<Metric, CountScopes>();
  const count =
    byMetric.get(metric) ??
    ofAlikeSources((counter, source) => {
      const scopes = [...labelSets(counter, source, metric, without).scopes.values()];
      return new Map(
        [...groupBy(scopes, (scope) => scope)].map(([, [scope, ...others]]) => [scope, 1 + others.length]),
      );
    });
  counted.set(without, byMetric.set(metric, count));
  return count;
}

function countAlone(source: SpanSource, counts: ScopeCounts): number {
  let sum = 0;
  for (const [scope, count] of counts) {
    sum += count * instancesOf(source, scope);
  }
  return sum;
}

/** Most label sets of one metric that one resource of a source has. */
export function setsOfOneResource(counter: SpanCounter, source: SpanSource): number {
  const metrics: readonly Metric[] =
    counter.settings.durationDimensions.length === 0 ? ['calls'] : ['calls', 'duration'];
  return Math.max(...metrics.map((metric) => sum(scopeCounts(metric, noLabels)(counter, source).values())));
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

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
  sum(
    collectors.flatMap(({ counters, sources }) =>
      counters.flatMap((counter) =>
        sources
          .filter((source) => renewal(counter, source).isRenewed)
          .map((source) => allSeries(countSource(counter, source))),
      ),
    ),
  );

const renewal = ofAlikeSources((counter, source) => ({
  isRenewed: [...source.resourceAt(counter)].some(
    ([name, { scope }]) => scope === 'pod' || scope === 'process' || name === 'service.version',
  ),
}));
