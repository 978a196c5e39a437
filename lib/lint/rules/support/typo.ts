import { distance } from 'fastest-levenshtein';
import { NameIndex } from '../../../text/name-index.ts';

const bare = (name: string): string => name.toLowerCase().replaceAll(/[-_. ]/g, '');

/** Longer lists have an index, so that each name is compared with few. */
const fewNames = 100;

/** Longer names are compared with none. */
const maximumLength = 256;

const indexes = new WeakMap<readonly string[], NameIndex>();

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

function indexOf(names: readonly string[]): NameIndex {
  const index = indexes.get(names) ?? new NameIndex(names, bare);
  indexes.set(names, index);
  return index;
}

const isOtherNumber = (a: string, b: string): boolean => a !== b && a.replaceAll(/\d/g, '') === b.replaceAll(/\d/g, '');
