import type { ChartName } from './names.ts';

/** What changed since, with the first version of each chart that has it. */
const changes = {
  /** Profiles are enriched by a preset of their own, where before the one that collects them did it. */
  profileEnrichment: { 'otel-integration': '0.0.323', 'opentelemetry-collector': '0.134.3' },
  /** Span metrics have the dimension `graphql.operation.type` by default. */
  graphqlDimension: { 'otel-integration': '0.0.330', 'opentelemetry-collector': '0.135.3' },
  /** The presets of span metrics take `seriesExpiration`. */
  seriesExpiration: { 'otel-integration': '0.0.331', 'opentelemetry-collector': '0.135.4' },
} as const satisfies Readonly<Record<string, Readonly<Record<ChartName, string>>>>;

export type ChartChange = keyof typeof changes;

/** The changes that a version of a chart does not have yet. */
export const missingChanges = (chart: ChartName, version: string): ReadonlySet<ChartChange> =>
  new Set(allChanges.filter((change) => compareVersions(version, changes[change][chart]) < 0));

const allChanges: readonly ChartChange[] = ['profileEnrichment', 'graphqlDimension', 'seriesExpiration'];

/** The first versions whose span metrics have a limit of series by default. */
const limited: Readonly<Record<ChartName, string>> = {
  'otel-integration': '0.0.203',
  'opentelemetry-collector': '0.118.14',
};

/** Whether the span metrics of a version have a limit of series by default. */
export const hasSeriesLimit = (chart: ChartName, version: string): boolean =>
  compareVersions(version, limited[chart]) >= 0;

/** Dimensions of the known version that an earlier one does not have by default. */
export const laterDimensions = (missing: ReadonlySet<ChartChange>): readonly string[] =>
  missing.has('graphqlDimension') ? ['graphql.operation.type'] : [];

/** Positive where the first of two versions is the later one. */
export function compareVersions(one: string, other: string): number {
  const numbers = (version: string) => version.split('.').map(Number);
  const [ours, theirs] = [numbers(one), numbers(other)];
  const difference = ours.map((number, index) => number - (theirs[index] ?? 0)).find((each) => each !== 0);
  return difference ?? 0;
}
