import { distance } from 'fastest-levenshtein';

/** A name without what people confuse: case and separators. */
const bare = (name: string): string => name.toLowerCase().replaceAll(/[-_. ]/g, '');

/** The names that were probably meant: all that come equally near. */
export function nearest(written: string, names: readonly string[]): readonly string[] {
  const wanted = bare(written);
  const costs = names.map((name) => cost(wanted, bare(name)));
  const least = Math.min(...costs);
  return least === Number.POSITIVE_INFINITY ? [] : names.filter((_, index) => costs[index] === least);
}

/** The name that was probably meant. */
export const didYouMean = (written: string, names: readonly string[]): string | undefined => nearest(written, names)[0];

/** How far apart two names are, in letters; letters that changed places and a cut end count as one. */
function cost(wanted: string, name: string): number {
  const letters = distance(wanted, name);
  if (letters > 1 && (sorted(wanted) === sorted(name) || (wanted.length >= 3 && name.startsWith(wanted)))) {
    return 1;
  }
  const allowed = Math.max(1, Math.floor(Math.max(wanted.length, name.length) / 3));
  return letters <= allowed ? letters : Number.POSITIVE_INFINITY;
}

const sorted = (name: string): string => [...name].sort().join('');
