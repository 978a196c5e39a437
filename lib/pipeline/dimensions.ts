import { listAt, type Path, textAt } from '../yaml/value.ts';

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
  readonly pattern?: RegExp;
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
    const name = textAt(entry, 'name') ?? textAt({ entry }, 'entry');
    const glob = textAt(entry, 'glob');
    if (name !== undefined) {
      const fallback = textAt(entry, 'default');
      return [{ name, origin, ...(fallback === undefined ? {} : { fallback }) }];
    }
    return glob === undefined ? [] : [{ name: glob, origin, pattern: globPattern(glob) }];
  });

/** The names of attributes that dimensions take, of those that there are. */
export const takenNames = (dimensions: readonly Dimension[], names: Iterable<string>): string[] => [
  ...new Set(
    dimensions.flatMap(({ name, pattern }) =>
      pattern === undefined ? [name] : [...names].filter((candidate) => pattern.test(candidate)),
    ),
  ),
];

/** `*` is anything but a dot, `**` anything. What is no pattern, the collector does not start with: it takes nothing. */
function globPattern(glob: string): RegExp {
  const source = glob.replaceAll(
    /\*\*|[*?{},]|[^\w\s]/g,
    (part) => globParts.get(part) ?? (part === '-' ? '-' : `\\${part}`),
  );
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return nothing;
  }
}

const nothing = /(?!)/;

const globParts: ReadonlyMap<string, string> = new Map([
  ['**', '.*'],
  ['*', '[^.]*'],
  ['?', '[^.]'],
  ['{', '(?:'],
  [',', '|'],
  ['}', ')'],
]);

/**
 * Labels that the span metrics connector sets on every series itself; it refuses a dimension of that name.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
 */
export const reservedDimensions = [
  'service.name',
  'span.name',
  'span.kind',
  'status.code',
  'collector.instance.id',
] as const;

/**
 * The label that a metrics store makes of an attribute: what is no letter, digit or `_` becomes `_`.
 *
 * @see https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels
 */
export const foldedName = (name: string): string => name.replaceAll(/[^A-Za-z0-9_]/g, '_');

/** Why a dimension cannot stand in a list. */
export type DimensionClash =
  /** The connector refuses the list and the agent does not start. */
  | { readonly kind: 'duplicate'; readonly index: number; readonly first: number }
  /** Both become one label, in which the store keeps either value. */
  | { readonly kind: 'folded'; readonly index: number; readonly first: number }
  /** Equal to a label that the connector sets itself, as written or folded. */
  | { readonly kind: 'reserved'; readonly index: number; readonly label: string };

/** All clashes of a list, each at the later of the two places; at most one for each entry. */
export function findDimensionClashes(names: readonly string[]): DimensionClash[] {
  return names.flatMap((name, index): DimensionClash[] => {
    const same = names.indexOf(name);
    if (same < index) {
      return [{ kind: 'duplicate', index, first: same }];
    }
    const label = reservedDimensions.find((reserved) => foldedName(reserved) === foldedName(name));
    if (label !== undefined) {
      return [{ kind: 'reserved', index, label }];
    }
    const first = names.findIndex((earlier) => foldedName(earlier) === foldedName(name));
    return first < index ? [{ kind: 'folded', index, first }] : [];
  });
}

/** The other dimension, of another name, that becomes the same label. */
export const foldedTwin = (name: string, others: readonly string[]): string | undefined =>
  others.find((other) => other !== name && foldedName(other) === foldedName(name));
