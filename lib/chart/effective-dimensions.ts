import { valueAt } from '../yaml/value.ts';
import { chartDefaultDimensions, errorTrackingDimensions, serviceVersionDimension } from './chart-dimensions.ts';
import { subChart } from './names.ts';

/** Why a dimension is there. */
export type DimensionOrigin =
  /** The values do not name a list, so the chart's own stands. */
  | 'chart-default'
  /** `spanMetrics.extraDimensions`. */
  | 'values'
  /** Appended by `spanMetrics.errorTracking`. */
  | 'error-tracking'
  /** Appended by `spanMetrics.serviceVersion`. */
  | 'service-version'
  /** `config.connectors.spanmetrics.dimensions`, which replaces all others. */
  | 'connector-config';

/** One dimension of the span metrics, as the collector will have it. */
export interface EffectiveDimension {
  /** Name of the attribute, or the pattern of several (`glob`). */
  readonly name: string;
  readonly origin: DimensionOrigin;
}

const connectorName = 'spanmetrics';

/**
 * The dimensions that the agent's span metrics will really have, in the collector's order, duplicates included. Beside
 * them every series has `reservedDimensions`. What the presets `spanMetrics.dbMetrics` and `spanMetricsMulti` make has
 * lists of its own, which are not here.
 *
 * @param values values of the chart `otel-integration`, ours or somebody else's
 */
export function effectiveDimensions(values: unknown): EffectiveDimension[] {
  const agent = valueAt(values, subChart.agent);
  const preset = valueAt(agent, 'presets', 'spanMetrics');
  const connectors = valueAt(agent, 'config', 'connectors');
  const presetEnabled = switchAt(preset, true);
  // `null` removes even the chart's own values of the agent, and with them its presets.
  if (agent === null || !switchAt(agent, true) || !(presetEnabled || isUsedByPipelines(agent))) {
    return [];
  }
  // The merged key is there even when its value is null or an empty list: then it removes all dimensions.
  const replaced = valueAt(connectors, connectorName) === null ? [] : valueAt(connectors, connectorName, 'dimensions');
  if (replaced !== undefined || !presetEnabled) {
    return withOrigin('connector-config', dimensionNames(replaced));
  }
  const listed = valueAt(preset, 'extraDimensions');
  return [
    ...(listed === undefined
      ? withOrigin('chart-default', chartDefaultDimensions)
      : withOrigin('values', dimensionNames(listed))),
    ...(switchAt(valueAt(preset, 'errorTracking'), true) ? withOrigin('error-tracking', errorTrackingDimensions) : []),
    ...(switchAt(valueAt(preset, 'serviceVersion'), true)
      ? withOrigin('service-version', [serviceVersionDimension])
      : []),
  ];
}

const withOrigin = (origin: DimensionOrigin, names: readonly string[]): EffectiveDimension[] =>
  names.map((name) => ({ name, origin }));

function dimensionNames(list: unknown): string[] {
  return (Array.isArray(list) ? list : [])
    .map((entry: unknown) => valueAt(entry, 'name') ?? valueAt(entry, 'glob'))
    .filter((name) => typeof name === 'string');
}

/** With the preset off, a connector written by hand counts only when a pipeline exports to it. */
function isUsedByPipelines(agent: unknown): boolean {
  const pipelines = valueAt(agent, 'config', 'service', 'pipelines');
  return Object.values(typeof pipelines === 'object' && pipelines !== null ? pipelines : {}).some((pipeline) => {
    const exporters = valueAt(pipeline, 'exporters');
    return Array.isArray(exporters) && exporters.includes(connectorName);
  });
}

/**
 * Whether a part of the values is on.
 *
 * @param part what holds the key `enabled`
 * @param chartDefault what the chart has when the values do not say; `enabled: null` removes that, which means off
 */
function switchAt(part: unknown, chartDefault: boolean): boolean {
  const enabled = valueAt(part, 'enabled');
  return enabled === undefined ? chartDefault : enabled === true;
}
