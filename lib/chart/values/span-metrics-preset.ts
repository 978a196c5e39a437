import type { Preset } from './preset.ts';

/** One attribute that the span metrics keep as a label. */
export interface DimensionValue {
  /** Name of a span or resource attribute. */
  readonly name: string;
}

/**
 * Metrics of requests, errors and durations, made of spans.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
 */
export interface SpanMetricsPreset extends Preset {
  /**
   * The list that stands before what `errorTracking` and `serviceVersion` append. Helm replaces lists: what is given
   * here stands instead of the chart's own.
   *
   * @default - `chartDefaultDimensions`
   */
  readonly extraDimensions?: readonly DimensionValue[];
  /**
   * Append the dimensions of HTTP and gRPC status codes.
   *
   * @default - enabled
   */
  readonly errorTracking?: Preset;
  /**
   * Append the dimension `service.version`.
   *
   * @default - enabled
   */
  readonly serviceVersion?: Preset;
}
