import type { Path } from '../../yaml/value.ts';
import type { ChartValues } from '../chart-values.ts';
import type { Draft } from '../draft.ts';
import { addCompactMetrics, type Compact } from './compact-metrics.ts';
import { addDatabaseMetrics } from './database-metrics.ts';

/** What the metrics beside the main ones have in common with them. */
export interface Extras {
  readonly preset: string;
  readonly buckets: Path;
  /** Processor that mends the status of the metrics. */
  readonly transform: string;
}

/**
 * Metrics of database calls, and both without the names of spans; each where it is on.
 *
 * @returns the connectors that lead to them
 */
export const addSpanMetricsExtras = (draft: Draft, values: ChartValues, extras: Extras): string[] => [
  ...addDatabaseMetrics(draft, values, extras),
  ...addCompactMetrics(draft, values, extras, compact),
  ...addCompactMetrics(draft, values, extras, databaseCompact),
];

const compact: Compact = {
  name: 'compact',
  settings: ['compactMetrics'],
  without: ['span.name'],
  dimensions: [],
  processors: ['transform/compact'],
  dropHistogram: ['transform/compact_histogram', 'filter/drop_histogram'],
};

const databaseCompact: Compact = {
  name: 'db_compact',
  settings: ['dbMetrics', 'compactMetrics'],
  without: ['span.name', 'span.kind'],
  dimensions: ['db.namespace', 'db.system'],
  processors: ['filter/db_compact_spanmetrics', 'transform/db_compact'],
  dropHistogram: ['transform/db_compact_histogram', 'filter/drop_db_compact_histogram'],
};
