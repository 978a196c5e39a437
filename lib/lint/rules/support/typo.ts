import { distance } from 'fastest-levenshtein';

const bare = (name: string): string => name.toLowerCase().replaceAll(/[-_. ]/g, '');

/**
 * The one name that a written one certainly stands for: it differs by case, separators or one letter. Names that
 * differ by a number are names of two things.
 */
export function typoOf(written: string, names: Iterable<string>): string | undefined {
  const wanted = bare(written);
  const allowed = written.length > 4 ? 1 : 0;
  const close = [...names].filter((name) => {
    const found = bare(name);
    return (
      name !== written &&
      Math.abs(found.length - wanted.length) <= allowed &&
      !isOtherNumber(found, wanted) &&
      distance(found, wanted) <= allowed
    );
  });
  return close.length === 1 ? close[0] : undefined;
}

const isOtherNumber = (a: string, b: string): boolean => a !== b && a.replaceAll(/\d/g, '') === b.replaceAll(/\d/g, '');
