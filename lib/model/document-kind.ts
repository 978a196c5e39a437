import { collectorSubChart } from '../chart/schema/sub-chart.ts';
import { validate } from '../chart/schema/validate.ts';
import { regionOf } from '../coralogix/domain.ts';
import { isMapping, type Mapping, textAt, valueAt } from '../yaml/value.ts';
import { isCollectorConfiguration } from './collector/from-configuration.ts';
import { isManifest } from './manifest.ts';

/** What a document is, by what it holds. */
export type DocumentKind =
  | 'manifest'
  /** Values of the chart `otel-integration`. */
  | 'integration-values'
  /** Values of the plain `opentelemetry-collector` chart. */
  | 'collector-values'
  /** A collector's own configuration. */
  | 'collector-configuration'
  /** A system of this project. */
  | 'system'
  | 'unknown';

const subCharts =
  /^(opentelemetry-(agent|cluster-collector|gateway|receiver|autoinstrumentation|collector|ebpf)|coralogix-(operator|ebpf-profiler))/;

const modes = ['daemonset', 'deployment', 'statefulset'];

export function documentKind(value: unknown): DocumentKind {
  if (isManifest(value)) {
    return 'manifest';
  }
  if (!isMapping(value)) {
    return 'unknown';
  }
  if (isCollectorConfiguration(value)) {
    return 'collector-configuration';
  }
  if (Array.isArray(value['services']) && isMapping(value['coralogix'])) {
    return 'system';
  }
  if (Object.keys(value).some((key) => subCharts.test(key))) {
    return 'integration-values';
  }
  if (isPlainChart(value)) {
    return 'collector-values';
  }
  return hasPresets(value) || hasGlobals(value) ? 'integration-values' : 'unknown';
}

/**
 * Why a document that was taken for values may be something else.
 *
 * @returns undefined where the kind is certain
 */
export function uncertaintyOf(value: unknown): string | undefined {
  const isNamed = isMapping(value) && Object.keys(value).some((key) => subCharts.test(key));
  if (isNamed || !isMapping(value)) {
    return undefined;
  }
  if (isPlainChart(value)) {
    return modes.includes(textAt(value, 'mode') ?? '') ? undefined : 'it names no mode';
  }
  return hasGlobals(value) ? undefined : 'it names presets, and no sub-chart of otel-integration';
}

const isPlainChart = (value: Mapping): boolean =>
  isOnlyPlain(value) ||
  (modes.includes(textAt(value, 'mode') ?? '') && (isMapping(value['presets']) || isMapping(value['config']))) ||
  ['receivers', 'processors', 'exporters', 'service'].some((section) => isMapping(valueAt(value, 'config', section)));

/** Settings of one collector beside presets that the plain chart has: of `otel-integration` each of them stands below a sub-chart. */
const isOnlyPlain = (value: Mapping): boolean =>
  hasPresets(value) && Object.keys(value).some((key) => key !== 'presets') && mayBePlainChart(value);

/** Whether the plain chart takes all of the values, but for the mode that another file may have. */
export const mayBePlainChart = (value: Mapping): boolean =>
  Object.keys(value).every((key) => Object.hasOwn(collectorSubChart.keys, key) && key !== 'global') &&
  validate(value, { ...collectorSubChart, required: [] }).length === 0;

/** Some of the chart's, in any spelling: where they stand at the top by mistake, they are often misspelt as well. */
const presets =
  /^(hostmetrics|kubelet(metrics|stats)|kubernetesattributes|k8sattributes|spanmetrics|loadbalancing|clustermetrics|kubernetesmetrics|coralogixexporter|logscollection)$/i;

const hasPresets = ({ presets: named }: Mapping): boolean =>
  isMapping(named) && Object.keys(named).some((key) => presets.test(key));

/** Many charts have `global.domain`. */
function hasGlobals({ global }: Mapping): boolean {
  const domain = textAt(global, 'domain');
  const isOfCoralogix = domain !== undefined && (regionOf(domain) !== undefined || /coralogix/.test(domain));
  return isOfCoralogix || (domain !== undefined && textAt(global, 'clusterName') !== undefined);
}
