import { connectorDimensions } from '../../../chart/effective-dimensions.ts';
import type { ForecastConfig } from '../../../config/schema/forecast.ts';
import { countedSpans, type SpanCounter, seriesPerDuration } from '../../../forecast/collector/span-counter.ts';
import { allSeries, countSeries } from '../../../forecast/count.ts';
import type { SpanSource } from '../../../forecast/label-sets.ts';
import { countedCollectors, systemTraffic } from '../../../forecast/system-traffic.ts';
import type { Collector } from '../../../model/collector/collector.ts';
import type { Manifest } from '../../../model/manifest.ts';
import type { Model } from '../../../model/model.ts';
import { collectorWorkload } from '../../../model/spans/collector-container.ts';
import { ownValue } from '../../../own-value.ts';
import { componentType } from '../../../pipeline/component.ts';
import { type Dimension, dimensionsOf } from '../../../pipeline/dimensions.ts';
import type { Place } from '../../../problems/problem.ts';
import { listAt, mappingAt, type Path, valueAt } from '../../../yaml/value.ts';
import { type InstalledCollector, installedCollectors } from './integration-values.ts';

/** Dimensions of one span metrics connector, in the collector's order. */
export interface DimensionList {
  readonly connector: string;
  readonly dimensions: readonly Dimension[];
  /** As the configuration has them, what is no dimension included. */
  readonly entries: readonly unknown[];
  /** Where the n-th stands, or what brings it. */
  readonly place: (index: number) => Place;
  /** Where the list stands in values; the chart adds what is not in it. */
  readonly written: WrittenList | undefined;
  /** The workload that it is mounted by, where it stands in a manifest. */
  readonly manifest: Manifest | undefined;
}

/** All lists of a model: a collector does not start when one is wrong, even one that no pipeline uses. */
export function dimensionLists(model: Model): DimensionList[] {
  const installed = new Map(installedCollectors(model).map((entry) => [entry.collector, entry]));
  const lists = model.collectors.flatMap((collector) =>
    Object.keys(mappingAt(collector.config, 'connectors'))
      .filter((id) => componentType(id) === 'spanmetrics')
      .map((connector): DimensionList => {
        const dimensions = dimensionsIn(collector, connector);
        const entries = listAt(collector.config, 'connectors', connector, 'dimensions');
        const source = installed.get(collector);
        const written = source && writtenDimensions(source, connector, dimensions.length);
        const place = (index: number) => collector.place(['connectors', connector, 'dimensions', index]);
        const manifest = collectorWorkload(model, collector)?.manifest;
        return { connector, dimensions, entries, place: written?.place ?? place, written, manifest };
      }),
  );
  // Connectors that differ in their histograms share one list.
  return [...new Map(lists.map((list) => [list.written?.id ?? list, list])).values()];
}

function dimensionsIn(collector: Collector, connector: string): readonly Dimension[] {
  return collector.rendered === undefined
    ? dimensionsOf(mappingAt(collector.config, 'connectors', connector))
    : connectorDimensions(collector.rendered, connector);
}

/** A list of dimensions in values, to which the chart may add some. */
export interface WrittenList {
  readonly file: string;
  readonly path: Path;
  /** Equal for the same list. */
  readonly id: string;
  /** Whether the n-th of the effective dimensions is from this list. */
  readonly has: (index: number) => boolean;
  /** Which entry of this list the n-th effective dimension is. */
  readonly entry: (index: number) => number;
  readonly place: (index: number) => Place;
}

/** @param length of the effective list */
export function writtenDimensions(
  { document, path: root }: InstalledCollector,
  connector: string,
  length: number,
): WrittenList | undefined {
  const path = candidates(connector)
    .map((candidate) => [...root, ...candidate])
    .find((candidate) => valueAt(document.value, ...candidate) !== undefined);
  if (path === undefined) {
    return undefined;
  }
  const count = listAt(document.value, ...path).length;
  // To the metrics of databases the chart adds its own before, to the others behind.
  const before = path.includes('dbMetrics') ? length - count : 0;
  const entry = (index: number) => index - before;
  const has = (index: number) => entry(index) >= 0 && entry(index) < count;
  return {
    file: document.file,
    path,
    id: JSON.stringify([document.place(path, 'key'), path]),
    has,
    entry,
    place: (index) => (has(index) ? document.place([...path, entry(index)]) : document.place(path, 'key')),
  };
}

/** Where values may name the dimensions of a connector, the place that counts first. */
const candidates = (connector: string): Path[] => [
  ...['config', 'extraConfig'].map((key) => [key, 'connectors', connector, 'dimensions']),
  ...(ownValue(presetPaths, connector) ?? [['presets', 'spanMetricsMulti', 'extraDimensions']]),
];

const presetPaths: Readonly<Record<string, Path[]>> = {
  spanmetrics: [['presets', 'spanMetrics', 'extraDimensions']],
  'spanmetrics/db': [
    ['presets', 'spanMetrics', 'dbMetrics', 'extraDimensions'],
    ['presets', 'spanMetricsMulti', 'dbMetrics', 'extraDimensions'],
  ],
  'spanmetrics/compact': [],
  'spanmetrics/db_compact': [],
};

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
