import { closest, distance } from 'fastest-levenshtein';

/** The name that was probably meant: few letters apart, with case and `-`, `_`, `.` aside. */
export function didYouMean(written: string, names: readonly string[]): string | undefined {
  if (written === '' || names.length === 0) {
    return undefined;
  }
  const bare = (name: string) => name.toLowerCase().replaceAll(/[-_. ]/g, '');
  const same = names.find((name) => bare(name) === bare(written));
  if (same !== undefined) {
    return same;
  }
  const lower = written.toLowerCase();
  const nearest = closest(
    lower,
    names.map((name) => name.toLowerCase()),
  );
  const allowed = Math.max(1, Math.floor(Math.max(lower.length, nearest.length) / 3));
  return distance(lower, nearest) <= allowed ? names.find((name) => name.toLowerCase() === nearest) : undefined;
}
