import type { DimensionOrigin } from '../pipeline/dimensions.ts';
import type { ChartValues } from './chart-values.ts';

/**
 * Span-metric dimensions of the chart `otel-integration`, by the preset that brings them.
 *
 * @see https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/values.yaml
 */

/** `spanMetrics.extraDimensions` when the values do not say otherwise. Helm replaces the whole list. */
export const chartDefaultDimensions: readonly string[] = [
  'http.method',
  'cgx.transaction',
  'cgx.transaction.root',
  'status_code',
  'db.namespace',
  'db.operation.name',
  'db.collection.name',
  'db.system',
  'graphql.operation.type',
];

/** Appended to the list while `spanMetrics.errorTracking` is enabled, which is the default. */
export const errorTrackingDimensions: readonly string[] = ['http.response.status_code', 'rpc.grpc.status_code'];

/** Appended to the list while `spanMetrics.serviceVersion` is enabled, which is the default. */
export const serviceVersionDimension = 'service.version';

/** Dimensions of `db_calls_total` and `db_duration_ms_*`, which count calls of databases. */
export const databaseDimensions: readonly string[] = [
  'db.namespace',
  'db.operation.name',
  'db.collection.name',
  'db.system',
];

/** Dimensions of `db_compact_calls_total` and `db_compact_duration_ms_*`. */
export const compactDatabaseDimensions: readonly string[] = ['db.namespace', 'db.system'];

/** Attributes of the resource that `compact_*` and `db_compact_*` keep; one series counts all pods of a node. */
export const compactResourceAttributes: readonly string[] = [
  'service.name',
  'k8s.cluster.name',
  'host.name',
  'deployment.environment.name',
];

/** Labels that `compact_*` leaves out, of those that span metrics always have. */
export const compactExclusions: readonly string[] = ['span.name'];

/** Labels that `db_compact_*` leaves out. */
export const compactDatabaseExclusions: readonly string[] = ['span.name', 'span.kind'];

/** Spans that `db_*` does not count, as conditions of the processor `filter`. */
export const otherThanDatabaseCalls: readonly string[] = ['span.attributes["db.system"] == nil'];

/** Spans that `db_compact_*` does not count. */
export const otherThanCompactDatabaseCalls: readonly string[] = [
  'span.kind != SPAN_KIND_CLIENT or span.attributes["db.namespace"] == nil or span.attributes["db.system"] == nil',
];

/** A statement of the processor `transform` that takes all other attributes away. */
export const keepOnly = (path: 'resource.attributes' | 'span.attributes', names: readonly string[]): string =>
  `keep_keys(${path}, [${names.map((name) => `"${name}"`).join(', ')}])`;

/** An entry of the list that a preset gives a connector, and what puts it there. */
export interface PresetDimension {
  readonly entry: unknown;
  readonly origin: DimensionOrigin;
}

/** What stands in `extraDimensions` of a preset: the chart's own list until values name another. */
export function extraDimensions(values: ChartValues, ...preset: readonly string[]): PresetDimension[] {
  const path = [...preset, 'extraDimensions'];
  const origin = values.isWritten(...path) ? 'values' : 'chart-default';
  return values.list(...path).map((entry) => ({ entry, origin }));
}

export const dimensionsNamed = (origin: DimensionOrigin, ...names: readonly string[]): PresetDimension[] =>
  names.map((name) => ({ entry: { name }, origin }));
