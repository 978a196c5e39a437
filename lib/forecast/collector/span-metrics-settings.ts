import { reservedDimensions } from '../../pipeline/dimension-clashes.ts';
import { type Dimension, dimensionsOf } from '../../pipeline/dimensions.ts';
import { isMapping, listAt, type Mapping, mappingAt, numberAt, textAt, valueAt } from '../../yaml/value.ts';

/**
 * What of a span metrics connector decides how many series it makes. Attributes of the resource are labels whatever
 * `add_resource_attributes` is set, until the feature gate `connector.spanmetrics.excludeResourceMetrics` is on.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
 */
export interface SpanMetricsSettings {
  readonly namespace: string;
  readonly unit: string;
  readonly dimensions: readonly Dimension[];
  /** In addition, of `calls` and of `duration` alone. */
  readonly callsDimensions: readonly Dimension[];
  readonly durationDimensions: readonly Dimension[];
  /** Labels that every series has. */
  readonly always: readonly string[];
  /** Attributes that distinguish resources; none: all of them. Those of the first such resource are labels. */
  readonly resourceKey: readonly string[];
  /** Upper bounds of the buckets; undefined where there are no buckets. */
  readonly bounds: number | undefined;
  readonly hasDuration: boolean;
  /** Label sets of one resource, beyond which all spans are counted in one; undefined: no limit. */
  readonly labelSetLimit: number | undefined;
  /** Resources that one collector keeps; the one that was seen longest ago makes room. */
  readonly resourceLimit: number;
  /** How long what is not seen any more is kept and sent, as written; undefined: for ever. */
  readonly expiration: string | undefined;
}

const defaultBounds = 16;

export function spanMetricsSettings(config: Mapping, id: string): SpanMetricsSettings {
  const settings = mappingAt(config, 'connectors', id);
  const excluded = listAt(settings, 'exclude_dimensions');
  const limit = numberAt(settings, 'aggregation_cardinality_limit') ?? 0;
  return {
    namespace: textAt(settings, 'namespace') ?? 'traces.span.metrics',
    unit: textAt(settings, 'histogram', 'unit') ?? 'ms',
    dimensions: dimensionsOf(settings),
    callsDimensions: dimensionsOf(settings, 'calls_dimensions'),
    durationDimensions: dimensionsOf(settings, 'histogram.dimensions'),
    always: reservedDimensions.filter((name) => !excluded.includes(name)),
    resourceKey: listAt(settings, 'resource_metrics_key_attributes').flatMap((name) => textAt(name) ?? []),
    bounds: boundsOf(settings),
    hasDuration: textAt(settings, 'histogram', 'disable') !== 'true',
    labelSetLimit: limit > 0 ? limit : undefined,
    resourceLimit: numberAt(settings, 'resource_metrics_cache_size') ?? 1_000,
    expiration: lasting(settings, 'series_expiration') ?? lasting(settings, 'metrics_expiration'),
  };
}

function boundsOf(settings: Mapping): number | undefined {
  if (valueAt(settings, 'histogram', 'exponential') !== undefined) {
    return undefined;
  }
  return isMapping(valueAt(settings, 'histogram', 'explicit'))
    ? listAt(settings, 'histogram', 'explicit', 'buckets').length
    : defaultBounds;
}

function lasting(settings: Mapping, key: string): string | undefined {
  const written = textAt(settings, key) ?? '0';
  return /^0[a-z]*$/.test(written) ? undefined : written;
}

/** The dimensions of each metric, and of both. */
type DimensionLists = Readonly<Record<'all' | 'calls' | 'duration', readonly Dimension[]>>;

const lists = new WeakMap<SpanMetricsSettings, DimensionLists>();

/** The same lists for the same settings. */
export function configuredDimensionLists(settings: SpanMetricsSettings): DimensionLists {
  const { dimensions, callsDimensions, durationDimensions } = settings;
  const found = lists.get(settings) ?? {
    all: [...dimensions, ...callsDimensions, ...durationDimensions],
    calls: [...dimensions, ...callsDimensions],
    duration: [...dimensions, ...durationDimensions],
  };
  lists.set(settings, found);
  return found;
}
