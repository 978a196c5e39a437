import { listAt, type Path, textAt } from '../yaml/value.ts';
import { Glob } from './glob.ts';

/** What put a dimension there. */
export type DimensionOrigin =
  /** The values of the chart do not name a list, so the chart's own stands. */
  | 'chart-default'
  /** The list in the values of the chart. */
  | 'values'
  /** Appended by `spanMetrics.errorTracking` of the chart. */
  | 'error-tracking'
  /** Appended by `spanMetrics.serviceVersion` of the chart. */
  | 'service-version'
  /** The chart's own for the metrics of databases. */
  | 'database-metrics'
  /** The configuration of the connector itself, which replaces all others. */
  | 'connector-config';

/** One dimension of a span metrics connector. */
export interface Dimension {
  /** Name of the attribute, or the pattern of several (`glob`). */
  readonly name: string;
  readonly origin: DimensionOrigin;
  /** Undefined for a plain name. */
  readonly pattern?: Glob;
  /** What a span counts as that does not have the attribute; undefined: it has no such label. */
  readonly fallback?: string;
}

/** Where a list of dimensions stands in the settings of a connector. */
type DimensionKey = 'dimensions' | 'calls_dimensions' | 'histogram.dimensions';

const listPath: Readonly<Record<DimensionKey, Path>> = {
  dimensions: ['dimensions'],
  calls_dimensions: ['calls_dimensions'],
  'histogram.dimensions': ['histogram', 'dimensions'],
};

/**
 * The dimensions that the configuration of a connector holds, in its order, duplicates included. Beside them every
 * series has `reservedDimensions`.
 *
 * @param connector settings of the connector
 * @param list those of every metric, or those of one in addition
 * @param origins what put each entry there; where it is not known, the configuration itself did
 */
export const dimensionsOf = (
  connector: unknown,
  list: DimensionKey = 'dimensions',
  origins: readonly DimensionOrigin[] = [],
): Dimension[] =>
  listAt(connector, ...listPath[list]).flatMap((entry, index) => {
    const origin = origins[index] ?? 'connector-config';
    const name = textAt(entry, 'name') ?? textAt(entry);
    const glob = textAt(entry, 'glob');
    if (name !== undefined) {
      const fallback = textAt(entry, 'default');
      return [{ name, origin, ...(fallback === undefined ? {} : { fallback }) }];
    }
    return glob === undefined ? [] : [{ name: glob, origin, pattern: new Glob(glob) }];
  });

/**
 * The names of attributes that dimensions take, of those that there are, in the order of the dimensions.
 *
 * @param dimensions a list that stays as it is: what each name matches is kept
 * @param isLeft whether a dimension counts
 * @default isLeft - every one does
 */
export function takenNames(
  dimensions: readonly Dimension[],
  names: readonly string[],
  isLeft: (dimension: Dimension) => boolean = () => true,
): string[] {
  const { plain, patterns, matches } = indexOf(dimensions);
  const taken = plain.filter(([, dimension]) => isLeft(dimension)).map(([position, { name }]) => ({ position, name }));
  for (const name of patterns.length === 0 ? [] : names) {
    const known = matches.get(name) ?? patterns.filter(([, { pattern }]) => pattern?.test(name) === true);
    matches.set(name, known);
    for (const [position, dimension] of known) {
      if (isLeft(dimension)) {
        taken.push({ position, name });
      }
    }
  }
  return [...new Set(taken.sort((a, b) => a.position - b.position).map(({ name }) => name))];
}

type Numbered = readonly (readonly [position: number, dimension: Dimension])[];

interface DimensionIndex {
  readonly plain: Numbered;
  readonly patterns: Numbered;
  /** By name; every span has the same names. */
  readonly matches: Map<string, Numbered>;
  readonly fallbacks: ReadonlyMap<string, string | undefined>;
}

const indexes = new WeakMap<readonly Dimension[], DimensionIndex>();

function indexOf(dimensions: readonly Dimension[]): DimensionIndex {
  const index = indexes.get(dimensions) ?? newIndex([...dimensions.entries()]);
  indexes.set(dimensions, index);
  return index;
}

const newIndex = (numbered: Numbered): DimensionIndex => ({
  plain: numbered.filter(([, { pattern }]) => pattern === undefined),
  patterns: numbered.filter(([, { pattern }]) => pattern !== undefined),
  matches: new Map<string, Numbered>(),
  // Of several of one name the first counts.
  fallbacks: new Map(numbered.toReversed().map(([, { name, fallback }]) => [name, fallback])),
});

/** What a span counts as that does not have an attribute. */
export const fallbacksOf = (dimensions: readonly Dimension[]): ReadonlyMap<string, string | undefined> =>
  indexOf(dimensions).fallbacks;
