import { distance } from 'fastest-levenshtein';

/** Longer names are compared with none. */
const maximumLength = 256;

/** In longer lists only names are found that differ by one letter, which takes no search through the list. */
const fewNames = 100;

const indexes = new WeakMap<readonly string[], NameIndex>();

/** A name without what people confuse: case and separators. */
const bare = (name: string): string => name.toLowerCase().replaceAll(/[-_. ]/g, '');

/**
 * The names that were probably meant: all that come equally near.
 *
 * @param names a list that stays as it is: of a long one an index is kept
 */
export function nearest(written: string, names: readonly string[]): readonly string[] {
  if (written.length > maximumLength) {
    return [];
  }
  const wanted = bare(written);
  const candidates = names.length > fewNames ? indexOf(names).near(wanted) : names;
  const costs = candidates.map((name) => cost(wanted, bare(name)));
  const least = Math.min(...costs);
  return least === Number.POSITIVE_INFINITY ? [] : candidates.filter((_, index) => costs[index] === least);
}

/** The name that was probably meant. */
export const didYouMean = (written: string, names: readonly string[]): string | undefined => nearest(written, names)[0];

function indexOf(names: readonly string[]): NameIndex {
  const index = indexes.get(names) ?? new NameIndex(names, bare);
  indexes.set(names, index);
  return index;
}

/** How far apart two names are, in letters; letters that changed places and a cut end count as one. */
function cost(wanted: string, name: string): number {
  if (name.length > maximumLength) {
    return Number.POSITIVE_INFINITY;
  }
  const letters = distance(wanted, name);
  if (letters > 1 && (sorted(wanted) === sorted(name) || (wanted.length >= 3 && name.startsWith(wanted)))) {
    return 1;
  }
  const allowed = Math.max(1, Math.floor(Math.max(wanted.length, name.length) / 3));
  return letters <= allowed ? letters : Number.POSITIVE_INFINITY;
}

const sorted = (name: string): string => [...name].sort().join('');

/**
 * The one name that a written one certainly stands for: it differs by case, separators or one letter. Names that
 * differ by a number are names of two things.
 *
 * @param names a list that stays as it is: of a long one an index is kept
 */
export function typoOf(written: string, names: readonly string[]): string | undefined {
  const close = nearValues(written, names);
  return close.length === 1 ? close[0] : undefined;
}

/** All names that a written one may stand for. */
export function nearValues(written: string, names: readonly string[]): readonly string[] {
  if (written.length > maximumLength) {
    return [];
  }
  const wanted = bare(written);
  const allowed = written.length > 4 ? 1 : 0;
  const candidates = names.length > fewNames ? indexOf(names).near(wanted) : names;
  return candidates.filter((name) => {
    const found = bare(name);
    return (
      name !== written &&
      Math.abs(found.length - wanted.length) <= allowed &&
      !isOtherNumber(found, wanted) &&
      distance(found, wanted) <= allowed
    );
  });
}

const isOtherNumber = (a: string, b: string): boolean => a !== b && a.replaceAll(/\d/g, '') === b.replaceAll(/\d/g, '');

/** Names that one variant may stand for: more are no suggestion. */
const maximumNames = 20;

/** Longer names are not found. */
const maximumIndexedLength = 64;

/** Finds the names of a long list that differ from a written one by a letter, or by two that changed places. */
class NameIndex {
  private readonly byVariant = new Map<string, string[]>();

  /** @param bare the form in which names are compared */
  constructor(names: readonly string[], bare: (name: string) => string) {
    for (const name of new Set(names)) {
      for (const variant of variants(bare(name))) {
        const known = this.byVariant.get(variant) ?? [];
        this.byVariant.set(variant, known);
        if (known.length < maximumNames) {
          known.push(name);
        }
      }
    }
  }

  /** Names that may be near, in the order of the variants. */
  near(wanted: string): readonly string[] {
    return [...new Set(variants(wanted).flatMap((variant) => this.byVariant.get(variant) ?? []))];
  }
}

/** The name, and the name without each of its letters: near names have one of these in common. */
function variants(name: string): string[] {
  return name.length > maximumIndexedLength
    ? []
    : [name, ...Array.from(name, (_, index) => name.slice(0, index) + name.slice(index + 1))];
}
