import { connectorDimensions } from '../../chart/effective-dimensions.ts';
import { ownValue } from '../../own-value.ts';
import { componentType } from '../../pipeline/component.ts';
import { type Dimension, dimensionsOf } from '../../pipeline/dimensions.ts';
import type { Place } from '../../problems/problem.ts';
import { listAt, mappingAt, type Path, valueAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';
import { collectorWorkload } from '../spans/collector-container.ts';
import { memoized } from '../spans/memoized.ts';
import { type InstalledCollector, installedBy } from '../values/integration-values.ts';
import type { Collector } from './collector.ts';

/** Dimensions of one span metrics connector, in the collector's order. */
export interface DimensionList {
  readonly collector: Collector;
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
export const dimensionLists = memoized((model): readonly DimensionList[] => {
  const installed = installedBy(model);
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
        return { collector, connector, dimensions, entries, place: written?.place ?? place, written, manifest };
      }),
  );
  // Connectors that differ in their histograms share one list.
  return [...new Map(lists.map((list) => [list.written?.id ?? list, list])).values()];
});

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
function writtenDimensions(
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
