import { type GoPattern, goPattern } from '../../model/enrichment/go-pattern.ts';
import type { Path } from '../../model/source/path.ts';
import { listAt, type Mapping, textAt } from '../../model/value.ts';

/** One entry in a list of dimensions. */
export interface Dimension {
  /** Name of the attribute, or the pattern of several. */
  readonly name: string;
  /** Undefined for a plain name. */
  readonly pattern: Pick<GoPattern, 'test'> | undefined;
  /** What a span counts as that does not have it; undefined: it has no such label. */
  readonly fallback: string | undefined;
}

export function dimensionsOf(settings: Mapping, ...path: Path): Dimension[] {
  return listAt(settings, ...path).flatMap((entry): Dimension[] => {
    const name = textAt(entry, 'name');
    const glob = textAt(entry, 'glob');
    if (name !== undefined) {
      return [{ name, pattern: undefined, fallback: textAt(entry, 'default') }];
    }
    return glob === undefined ? [] : [{ name: glob, pattern: globPattern(glob), fallback: undefined }];
  });
}

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

/** A glob for names of attributes; one that is not understood matches nothing. */
const globPattern = (glob: string): Pick<GoPattern, 'test'> =>
  goPattern(`^(?:${glob.replaceAll(part, (text) => globParts.get(text) ?? `\\${text}`)})$`) ?? { test: () => false };

/** What stands for something else in a glob or in a pattern. */
const part = /\*\*|[*?{},]|[.+^$()|[\]\\]/g;

/** `*` is anything but a dot, `**` anything. */
const globParts: ReadonlyMap<string, string> = new Map([
  ['**', '.*'],
  ['*', '[^.]*'],
  ['?', '[^.]'],
  ['{', '(?:'],
  [',', '|'],
  ['}', ')'],
]);
