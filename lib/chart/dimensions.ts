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
