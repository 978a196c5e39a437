import { listAt, type Mapping, mappingAt, textAt, textListAt, valueAt } from '../yaml/value.ts';
import { collectorSubChart } from './schema/sub-chart.ts';

/**
 * Whose chart `opentelemetry-collector` it is. Coralogix has a chart of its own under the name of the one of
 * OpenTelemetry, which takes other values and makes other pipelines of them.
 */
export type Publisher = 'coralogix' | 'opentelemetry' | 'unknown';

/** By the address of a repository, a registry or a git repository. */
export function publisherOfRepository(address = ''): Publisher {
  if (/coralogix|cgx\.jfrog\.io/i.test(address)) {
    return 'coralogix';
  }
  return /open-telemetry/i.test(address) ? 'opentelemetry' : 'unknown';
}

/** By the `Chart.yaml` of the chart itself. */
export function publisherOfChart(chart: unknown): Publisher {
  const words = [...textListAt(chart, 'sources'), textAt(chart, 'home') ?? ''];
  const maintainers = listAt(chart, 'maintainers').flatMap((entry) => [textAt(entry, 'email'), textAt(entry, 'url')]);
  if ([...words, ...maintainers].some((word) => /coralogix/i.test(word ?? ''))) {
    return 'coralogix';
  }
  return words.some((word) => /open-?telemetry/i.test(word)) ? 'opentelemetry' : 'unknown';
}

/** Presets that both charts have. */
const sharedPresets = new Set([
  'logsCollection',
  'hostMetrics',
  'kubernetesAttributes',
  'kubeletMetrics',
  'kubernetesEvents',
  'clusterMetrics',
]);

/** Keys at the top that only the chart of Coralogix has. */
const ownKeys = ['provider', 'distribution', 'isWindows', 'collectorCRD', 'targetAllocator', 'extraConfig'];

/** Keys that only the chart of OpenTelemetry has. */
const foreignKeys: readonly (readonly string[])[] = [
  ['alternateConfig'],
  ['internalTelemetryViaOTLP'],
  ['agentCollector'],
  ['standaloneCollector'],
  ['presets', 'annotationDiscovery'],
];

/** By keys that only one of the charts has; its own image has no reason to be named in values of the other. */
export function publisherOfValues(values: Mapping): Publisher {
  const isOwn =
    textAt(values, 'global', 'domain') !== undefined ||
    ownKeys.some((key) => values[key] !== undefined) ||
    Object.keys(mappingAt(values, 'presets')).some((preset) => ownPresets.has(preset));
  if (isOwn) {
    return 'coralogix';
  }
  const image = textAt(values, 'image', 'repository') ?? '';
  const isForeign =
    foreignKeys.some((path) => valueAt(values, ...path) !== undefined) ||
    /(^|\/)(otel|open-telemetry|opentelemetry-collector-releases)\/opentelemetry-collector/.test(image);
  if (isForeign) {
    return 'opentelemetry';
  }
  return /coralogix/i.test(image) ? 'coralogix' : 'unknown';
}

const presetShape = collectorSubChart.keys['presets'];

const ownPresets: ReadonlySet<string> = new Set(
  (presetShape?.kind === 'keys' ? Object.keys(presetShape.keys) : []).filter((preset) => !sharedPresets.has(preset)),
);

/** The first that is known. */
export const firstKnown = (...publishers: readonly Publisher[]): Publisher =>
  publishers.find((publisher) => publisher !== 'unknown') ?? 'unknown';
