import type { Connector, Exporter, Processor } from '../pipeline/component.ts';
import {
  compactDatabaseSpanMetrics,
  compactSpanMetrics,
  databaseSpanMetrics,
  forward,
} from './components/span-metrics.ts';
import {
  compactDatabaseCall,
  compactResource,
  databaseCallsOnly,
  namedDatabaseCallsOnly,
} from './components/transformations.ts';
import type { ConfiguredPipeline } from './configuration.ts';

/** Which span metrics are made beside `calls_total` and `duration_ms_*`. */
export interface SpanMetricKinds {
  /**
   * `compact_*`, which APM reads for its lists, and, where `database` is on, `db_compact_*`.
   *
   * @default true
   */
  readonly compact?: boolean;
  /**
   * `db_*`, which the Databases page of APM reads.
   *
   * @default true
   */
  readonly database?: boolean;
}

/** How metrics leave the collector. */
interface MetricsEnd {
  readonly processors: readonly Processor[];
  readonly exporters: readonly Exporter[];
}

/** Span metrics beside the main ones. */
interface SpanMetricPipelines {
  /** Where all spans must be sent. */
  readonly spanExporters: readonly Connector[];
  /** Metrics that need nothing that the main ones do not need. */
  readonly metricReceivers: readonly Connector[];
  readonly pipelines: readonly ConfiguredPipeline[];
}

/**
 * The pipelines of `db_*`, `compact_*` and `db_compact_*`, with the chart's filters and labels. Spans come in batches, so
 * that no pipeline batches them again, and of database calls only those of `db_*` are looked at for `db_compact_*`.
 *
 * @param end behind the metrics without pods, which no enrichment must add to
 */
export function spanMetricPipelines(kinds: SpanMetricKinds, end: MetricsEnd): SpanMetricPipelines {
  const { compact = true, database = true } = kinds;
  const compactCounts = compactSpanMetrics();
  const databaseCounts = databaseSpanMetrics();
  const compactDatabaseCounts = compactDatabaseSpanMetrics();
  const toCompact = forward('compact');
  const toDatabase = forward('db');
  const toCompactDatabase = forward('db_compact');
  const hasCompactDatabase = compact && database;
  const databasePipeline: ConfiguredPipeline = {
    id: 'traces/db',
    receivers: [toDatabase],
    processors: [databaseCallsOnly()],
    exporters: [databaseCounts, ...(hasCompactDatabase ? [toCompactDatabase] : [])],
  };
  const compactPipelines: readonly ConfiguredPipeline[] = [
    {
      id: 'traces/compact',
      receivers: [toCompact],
      processors: [compactResource()],
      exporters: [compactCounts],
    },
    {
      id: 'metrics/compact',
      receivers: [compactCounts, ...(hasCompactDatabase ? [compactDatabaseCounts] : [])],
      ...end,
    },
  ];
  const compactDatabasePipeline: ConfiguredPipeline = {
    id: 'traces/db_compact',
    receivers: [toCompactDatabase],
    processors: [namedDatabaseCallsOnly(), compactDatabaseCall()],
    exporters: [compactDatabaseCounts],
  };
  return {
    spanExporters: [...(database ? [toDatabase] : []), ...(compact ? [toCompact] : [])],
    metricReceivers: database ? [databaseCounts] : [],
    pipelines: [
      ...(database ? [databasePipeline] : []),
      ...(hasCompactDatabase ? [compactDatabasePipeline] : []),
      ...(compact ? compactPipelines : []),
    ],
  };
}
