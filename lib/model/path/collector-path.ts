import { componentType } from '../../pipeline/component.ts';
import { exportersOf, pathOut } from '../../pipeline/exporters.ts';
import type { Pipeline } from '../../pipeline/pipelines.ts';
import { samplersIn } from '../../pipeline/sampling.ts';
import { mainSpanMetricsConnector, pathTo, pipelinesOfSpans, spanMetricsConnectors } from '../../pipeline/spans.ts';
import type { Collector } from '../collector/collector.ts';
import { sdkAttributes } from '../enrichment/sdk-attributes.ts';
import { coralogixHost } from './coralogix-exporter.ts';
import { type Enrichment, enrichmentAfter } from './enrichment.ts';
import type { SpanPath } from './span-path.ts';

/** A span metrics connector that counts the span. */
export interface ConnectorCount {
  readonly collector: Collector;
  /** Id of the span metrics connector. */
  readonly connector: string;
  readonly enrichment: Enrichment;
  /** The pipeline that sends the metrics; undefined where none does. */
  readonly consumer: Pipeline | undefined;
}

/** Metrics of the same collector beside the main ones, such as `compact_calls_total`. */
export interface OtherCount extends ConnectorCount {
  /** Processors that may drop the span before it is counted, and drop none for the main metrics. */
  readonly filters: readonly string[];
}

/** A collector that counts the span. */
export interface Count extends ConnectorCount {
  /** The sampler that has dropped spans by then. */
  readonly sampler: string | undefined;
  /** Follows the span to the connectors beside the main one. */
  readonly others: () => readonly OtherCount[];
}

/** One collector on the path. */
export interface CollectorHop {
  readonly collector: Collector;
  /** Its pipelines that the span passes. */
  readonly passed: readonly Pipeline[];
  /** Those of them that lead to the next collector, or to Coralogix. */
  readonly path: readonly Pipeline[];
  /** Exporters by which the span leaves it. */
  readonly exporters: readonly string[];
  /** What the span is like when it leaves it. */
  readonly enrichment: Enrichment;
}

/** The path of a span through collectors, from the first receiver on. */
export interface CollectorPath {
  readonly hops: readonly CollectorHop[];
  /** In order; more than one where collectors count the same span. */
  readonly counts: readonly Count[];
}

/** Follows a span from the receiver to the last collector that is known. */
export function collectorPathOf(spanPath: SpanPath): CollectorPath {
  const hops: CollectorHop[] = [];
  const counts: Count[] = [];
  let before: Enrichment = {
    resource: sdkAttributes(spanPath),
    steps: [],
    removed: new Map(),
    lookup: undefined,
    by: undefined,
  };
  let samplers: readonly string[] = [];
  for (const [index, collector] of spanPath.collectors.entries()) {
    const { pipelines } = collector;
    const receiver = index === 0 ? spanPath.listener?.receiver : undefined;
    const passed = pipelinesOfSpans(pipelines, receiver === undefined ? {} : { receiver });
    const connector = mainSpanMetricsConnector(passed);
    if (connector !== undefined) {
      const path = pathTo(passed, connector);
      const reached = before;
      const countBy = (id: string): ConnectorCount => ({
        collector,
        connector: id,
        enrichment: enrichmentAfter(spanPath, collector, pathTo(passed, id), reached),
        consumer: pipelines.consumersOf(id)[0],
      });
      counts.push({
        ...countBy(connector),
        sampler: [...samplers, ...samplersIn(path)][0],
        others: () =>
          spanMetricsConnectors(passed)
            .filter((id) => id !== connector)
            .map((id) => ({ ...countBy(id), filters: filtersOf(pathTo(passed, id), path) })),
      });
    }
    const isLast = index === spanPath.collectors.length - 1;
    const path = pathOut(pipelines, passed, isLast, (id) => coralogixHost(collector, id) !== undefined);
    const counted = counts.at(-1);
    const isSame = counted?.collector === collector && isSameList(pathTo(passed, counted.connector), path);
    before = isSame ? counted.enrichment : enrichmentAfter(spanPath, collector, path, before);
    samplers = [...samplers, ...samplersIn(path)];
    hops.push({ collector, passed, path, exporters: exportersOf(pipelines, passed), enrichment: before });
  }
  return { hops, counts };
}

const filtersOf = (path: readonly Pipeline[], main: readonly Pipeline[]): string[] =>
  path
    .filter((pipeline) => !main.includes(pipeline))
    .flatMap(({ processors }) => processors.filter((id) => componentType(id) === 'filter'));

const isSameList = (one: readonly Pipeline[], other: readonly Pipeline[]): boolean =>
  one.length === other.length && one.every((pipeline, index) => pipeline === other[index]);
