import { distance } from 'fastest-levenshtein';

/** A name without what people confuse: case and separators. */
const bare = (name: string): string => name.toLowerCase().replaceAll(/[-_. ]/g, '');

/** The names that were probably meant: all that are equally few letters apart. */
export function nearest(written: string, names: readonly string[]): readonly string[] {
  const wanted = bare(written);
  const distances = names.map((name) => distance(wanted, bare(name)));
  const least = Math.min(...distances);
  return names.filter((name, index) => distances[index] === least && least <= allowedDistance(wanted, bare(name)));
}

/** The name that was probably meant. */
export const didYouMean = (written: string, names: readonly string[]): string | undefined => nearest(written, names)[0];

/** A third of the letters, and for a short name one. */
const allowedDistance = (a: string, b: string): number => Math.max(1, Math.floor(Math.max(a.length, b.length) / 3));
