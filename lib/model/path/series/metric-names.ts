import { type Mapping, mappingAt, textAt, textListAt, valueAt } from '../../../yaml/value.ts';

/** The metrics that a span metrics connector makes. */
export interface SeriesNames {
  /** E.g. `calls_total`. */
  readonly calls: string;
  /** E.g. `duration_ms_bucket`; undefined where there is no histogram. */
  readonly duration: string | undefined;
  /** Values of `le`, in the unit of the histogram; empty where the buckets are exponential. */
  readonly buckets: readonly string[];
}

/** Upper bounds that the connector has by default. */
const usual = '2ms 4ms 6ms 8ms 10ms 50ms 100ms 200ms 400ms 800ms 1s 1400ms 2s 5s 10s 15s'.split(' ');

/** @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector */
export function seriesNames(config: Mapping, connector: string): SeriesNames {
  const settings = mappingAt(config, 'connectors', connector);
  const namespace = (textAt(settings, 'namespace') ?? 'traces.span.metrics').replaceAll(/\W/g, '_');
  const prefix = namespace === '' ? '' : `${namespace}_`;
  const unit = textAt(settings, 'histogram', 'unit') ?? 'ms';
  const listed = textListAt(settings, 'histogram', 'explicit', 'buckets');
  const isExponential = valueAt(settings, 'histogram', 'exponential') !== undefined;
  const bounds = isExponential
    ? []
    : [...(listed.length === 0 ? usual : listed).map((bound) => boundIn(unit, bound)), '+Inf'];
  return {
    calls: `${prefix}calls_total`,
    duration:
      textAt(settings, 'histogram', 'disable') === 'true'
        ? undefined
        : `${prefix}duration_${unit === 's' ? 'seconds' : unit}_bucket`,
    buckets: bounds,
  };
}

const milliseconds: Readonly<Record<string, number>> = {
  us: 0.001,
  µs: 0.001,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** `1s` as `1000` where the unit is ms. What is no duration stays as it is written. */
function boundIn(unit: string, bound: string): string {
  const [, number, own = ''] = /^([\d.]+)(us|\u00b5s|ms|s|m|h)$/.exec(bound) ?? [];
  const factor = milliseconds[own];
  return factor === undefined ? bound : String((Number(number) * factor) / (unit === 's' ? 1_000 : 1));
}
