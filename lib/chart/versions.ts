import { isMapping, listAt, type Mapping, textAt, valueAt } from '../yaml/value.ts';
import { type ChartChange, compareVersions, laterDimensions } from './changes.ts';
import { collectorDefaults } from './defaults/collector.ts';
import { type ChartName, otelIntegrationChart } from './names.ts';

/**
 * Whether a version of a chart is one whose templates are known. `older`: what it makes is not known. `newer`: it may
 * differ in some part from the last one that is known, for which it is taken.
 */
export type VersionKnowledge = 'known' | 'older' | 'newer';

/** The last version of each chart that is known. */
export const knownVersion: Readonly<Record<ChartName, string>> = {
  'otel-integration': otelIntegrationChart.version,
  'opentelemetry-collector': otelIntegrationChart.collectorVersion,
};

/** The first version of each chart whose templates are known; those before it make other span metrics or pipelines. */
export const firstKnownVersion: Readonly<Record<ChartName, string>> = {
  'otel-integration': '0.0.317',
  'opentelemetry-collector': '0.132.0',
};

/** What is known of a version. */
export function knowledgeOf(chart: ChartName, version: string): VersionKnowledge {
  if (compareVersions(version, knownVersion[chart]) > 0) {
    return 'newer';
  }
  return compareVersions(version, firstKnownVersion[chart]) < 0 ? 'older' : 'known';
}

/** A version without a range; undefined for anything else, such as `^0.0.300`, `0.x` or a branch. */
export const exactVersion = (text: string | undefined): string | undefined =>
  /^v?(\d+\.\d+\.\d+)$/.exec(text?.trim() ?? '')?.[1];

const list = ['presets', 'spanMetrics', 'extraDimensions'];
const ownList = valueAt(collectorDefaults, ...list);

/**
 * The values of a sub-chart with the defaults that its version has.
 *
 * @param written what the user gives of them
 */
export function withDefaultsOf(missing: ReadonlySet<ChartChange>, values: Mapping, written: Mapping): Mapping {
  const presets = valueAt(values, 'presets');
  if (missing.size === 0 || !isMapping(presets)) {
    return values;
  }
  const { spanMetrics, profilesK8sAttributes } = presets;
  const isOwnList = valueAt(values, ...list) === ownList;
  const isOwnSwitch = valueAt(written, 'presets', 'profilesK8sAttributes', 'enabled') === undefined;
  return {
    ...values,
    presets: {
      ...presets,
      ...(isMapping(spanMetrics) && isOwnList
        ? { spanMetrics: { ...spanMetrics, extraDimensions: without(ownList, laterDimensions(missing)) } }
        : {}),
      ...(missing.has('profileEnrichment') && isMapping(profilesK8sAttributes) && isOwnSwitch
        ? { profilesK8sAttributes: { ...profilesK8sAttributes, enabled: false } }
        : {}),
    },
  };
}

const without = (entries: unknown, names: readonly string[]): unknown[] =>
  listAt(entries).filter((entry) => !names.includes(textAt(entry, 'name') ?? ''));
