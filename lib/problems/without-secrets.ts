import type { Problem } from './problem.ts';
import type { SourceLines } from './source-lines.ts';

/** Lines for excerpts, without those that hold the secret of a problem: another problem may stand in the same line. */
export function withoutSecrets(lines: SourceLines, problems: readonly Problem[]): SourceLines {
  const places = problems.flatMap(({ place, confidential }) => (place && confidential ? place : []));
  const shown = new Map<string, readonly string[]>();
  return (file) => {
    const secret = new Set(places.filter((place) => place.file === file).map(({ line }) => line));
    if (secret.size === 0) {
      return lines(file);
    }
    const known = shown.get(file) ?? lines(file).map((text, index) => (secret.has(index + 1) ? '' : text));
    shown.set(file, known);
    return known;
  };
}
