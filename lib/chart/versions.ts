import { isMapping, type Mapping, mappingAt, valueAt } from '../yaml/value.ts';
import { collectorDefaults } from './defaults/collector.ts';
import { type ChartName, otelIntegrationChart } from './names.ts';

/**
 * Whether a version of a chart is one whose templates are known. `older`: what it makes is not known. `other`: it may
 * differ in some part from the one that is known, for which it is taken.
 */
export type VersionKnowledge = 'known' | 'older' | 'other';

/** The version of each chart that is known in full. */
export const knownVersion: Readonly<Record<ChartName, string>> = {
  'otel-integration': otelIntegrationChart.version,
  'opentelemetry-collector': otelIntegrationChart.collectorVersion,
};

/**
 * The first version of `otel-integration` that makes the pipelines of the known one. Those before it have other
 * processors, and `collector.instance.id` on every series.
 */
export const firstKnownVersion = '0.0.320';

/** The first version that differs in no pipeline: an earlier one has another order of processors for profiles. */
const firstSameVersion = '0.0.325';

/** The first version whose span metrics have `graphql.operation.type` by default. */
const firstWithGraphql = '0.0.330';

/** What is known of a version. */
export function knowledgeOf(chart: ChartName, version: string): VersionKnowledge {
  const comparison = compareVersions(version, knownVersion[chart]);
  if (comparison === 0) {
    return 'known';
  }
  if (chart === 'opentelemetry-collector' || comparison > 0) {
    return 'other';
  }
  if (compareVersions(version, firstKnownVersion) < 0) {
    return 'older';
  }
  return compareVersions(version, firstSameVersion) < 0 ? 'other' : 'known';
}

/** Dimensions of the known version that an earlier one does not have by default. */
export const laterDimensions = (version: string): readonly string[] =>
  compareVersions(version, firstWithGraphql) < 0 ? ['graphql.operation.type'] : [];

/** A version without a range; undefined for anything else, such as `^0.0.300`, `0.x` or a branch. */
export const exactVersion = (text: string | undefined): string | undefined =>
  /^v?(\d+\.\d+\.\d+)$/.exec(text?.trim() ?? '')?.[1];

function compareVersions(one: string, other: string): number {
  const numbers = (version: string) => version.split('.').map(Number);
  const [ours, theirs] = [numbers(one), numbers(other)];
  const difference = ours.map((number, index) => number - (theirs[index] ?? 0)).find((each) => each !== 0);
  return difference ?? 0;
}

const list = ['presets', 'spanMetrics', 'extraDimensions'];
const ownList = valueAt(collectorDefaults, ...list);

/** The values of a sub-chart with the defaults that its version has. */
export function withDefaultsOf(version: string, values: Mapping): Mapping {
  const missing = laterDimensions(version);
  const listed = valueAt(values, ...list);
  if (missing.length === 0 || listed !== ownList || !Array.isArray(listed)) {
    return values;
  }
  const extraDimensions = listed.filter((entry) => !isMapping(entry) || !missing.includes(String(entry['name'])));
  const presets = mappingAt(values, 'presets');
  return {
    ...values,
    presets: { ...presets, spanMetrics: { ...mappingAt(presets, 'spanMetrics'), extraDimensions } },
  };
}
