import {
  compactDatabaseDimensions,
  compactDatabaseExclusions,
  compactExclusions,
  databaseDimensions,
  serviceVersionDimension,
} from '../../chart/dimensions.ts';
import type { Connector } from '../../pipeline/component.ts';

/** Upper bounds of the buckets of `duration_ms_bucket`: the chart's, so that both deliveries make the same series. */
export const durationBuckets = [
  '1ms',
  '4ms',
  '10ms',
  '20ms',
  '50ms',
  '100ms',
  '200ms',
  '500ms',
  '1s',
  '2s',
  '5s',
] as const;

export type DurationBucket = (typeof durationBuckets)[number];

/** The bound of a bucket as its label `le` has it, in milliseconds. */
export const milliseconds = (bucket: DurationBucket): number =>
  bucket.endsWith('ms') ? Number.parseInt(bucket, 10) : Number.parseInt(bucket, 10) * 1000;

/** Most label sets of one metric for each resource, which is a pod; spans of any other are counted in one for all. */
export const cardinalityLimit = 100_000;

interface SpanMetricsProps {
  /** What stands before the names: `compact` makes `compact_calls_total`. */
  readonly namespace: '' | 'compact' | 'db' | 'db_compact';
  /** Names of the dimensions, beside service.name, span.name, span.kind and status.code. */
  readonly dimensions: readonly string[];
  /** Labels that are left out. */
  readonly exclusions?: readonly string[];
}

const connector = ({ namespace, dimensions, exclusions = [] }: SpanMetricsProps): Connector => ({
  kind: 'connector',
  id: namespace === '' ? 'spanmetrics' : `spanmetrics/${namespace}`,
  settings: {
    namespace,
    add_resource_attributes: true,
    ...(dimensions.length === 0 ? {} : { dimensions: dimensions.map((name) => ({ name })) }),
    // One for each agent: it would split series that the chart does not split.
    exclude_dimensions: ['collector.instance.id', ...exclusions],
    histogram: { unit: 'ms', explicit: { buckets: durationBuckets } },
    aggregation_cardinality_limit: cardinalityLimit,
    metrics_flush_interval: '30s',
    metrics_expiration: '5m',
    series_expiration: '5m',
  },
});

/**
 * Counts spans (`calls`) and their durations (`duration`, ms) by dimension and by resource.
 *
 * @param dimensions names of the dimensions, beside service.name, span.name, span.kind and status.code
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
 */
export const spanMetrics = (dimensions: readonly string[]): Connector => connector({ namespace: '', dimensions });

/**
 * Counts spans by service, kind and status alone (`compact_calls`, `compact_duration`): what APM reads for its lists.
 *
 * @see https://coralogix.com/docs/user-guides/apm-v2/getting-started/apm-onboarding-tutorial/
 */
export const compactSpanMetrics = (): Connector =>
  connector({ namespace: 'compact', dimensions: [], exclusions: compactExclusions });

/** Counts calls of databases (`db_calls`, `db_duration`). */
export const databaseSpanMetrics = (): Connector =>
  connector({ namespace: 'db', dimensions: [...databaseDimensions, serviceVersionDimension] });

/** Counts calls of databases by service, status and database alone (`db_compact_calls`, `db_compact_duration`). */
export const compactDatabaseSpanMetrics = (): Connector =>
  connector({
    namespace: 'db_compact',
    dimensions: compactDatabaseDimensions,
    exclusions: compactDatabaseExclusions,
  });

/** Passes traces on to another pipeline. */
export const forward = (name: string): Connector => ({ kind: 'connector', id: `forward/${name}`, settings: {} });
