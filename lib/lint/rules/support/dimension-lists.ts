import { connectorDimensions } from '../../../chart/effective-dimensions.ts';
import type { Collector } from '../../../model/collector/collector.ts';
import type { Manifest } from '../../../model/manifest.ts';
import type { Model } from '../../../model/model.ts';
import { collectorWorkload } from '../../../model/spans/collector-container.ts';
import { componentType } from '../../../pipeline/component.ts';
import { type Dimension, dimensionsOf } from '../../../pipeline/dimensions.ts';
import type { Place } from '../../../problems/problem.ts';
import { listAt, mappingAt } from '../../../yaml/value.ts';
import { installedCollectors } from './integration-values.ts';
import { type WrittenList, writtenDimensions } from './written-dimensions.ts';

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
