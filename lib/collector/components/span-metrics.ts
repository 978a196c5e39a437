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

/**
 * Counts spans (`calls`) and their durations (`duration`, ms) by dimension and by resource.
 *
 * @param dimensions names of the dimensions, beside service.name, span.name, span.kind and status.code
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
 */
export const spanMetrics = (dimensions: readonly string[]): Connector => ({
  kind: 'connector',
  id: 'spanmetrics',
  settings: {
    namespace: '',
    add_resource_attributes: true,
    dimensions: dimensions.map((name) => ({ name })),
    // One for each agent: it would split series that the chart does not split.
    exclude_dimensions: ['collector.instance.id'],
    histogram: { unit: 'ms', explicit: { buckets: durationBuckets } },
    aggregation_cardinality_limit: cardinalityLimit,
    metrics_flush_interval: '30s',
    metrics_expiration: '5m',
    series_expiration: '5m',
  },
});
