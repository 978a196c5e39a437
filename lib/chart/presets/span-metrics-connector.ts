import type { Mapping, Path } from '../../yaml/value.ts';
import type { ChartValues } from '../chart-values.ts';

/** Settings of a span metrics connector as a preset gives them. */
export interface ConnectorProps {
  readonly preset: string;
  readonly namespace: string;
  /** Where the bounds of the histogram stand. */
  readonly buckets: Path;
  readonly dimensions: readonly unknown[];
  /** Labels that it leaves out, beside that of the collector itself. */
  readonly without?: readonly string[];
  /** Whether it leaves out the label of the collector itself. */
  readonly isOneOfMany?: boolean;
}

export function spanMetricsConnector(values: ChartValues, props: ConnectorProps): Mapping {
  const at = (key: string) => values.at('presets', props.preset, key);
  const buckets = values.list(...props.buckets);
  const excluded = props.isOneOfMany === true ? [] : ['collector.instance.id', ...(props.without ?? [])];
  return {
    namespace: props.namespace,
    add_resource_attributes: true,
    aggregation_cardinality_limit: at('aggregationCardinalityLimit'),
    ...(excluded.length > 0 ? { exclude_dimensions: excluded } : {}),
    ...(buckets.length > 0 ? { histogram: { unit: 'ms', explicit: { buckets } } } : {}),
    ...(props.dimensions.length > 0 ? { dimensions: props.dimensions } : {}),
    metrics_flush_interval: at('collectionInterval') ?? '15s',
    metrics_expiration: at('metricsExpiration') ?? 0,
    series_expiration: at('seriesExpiration'),
  };
}

export const dimensionsNamed = (...names: readonly string[]) => names.map((name) => ({ name }));
