import type { Problem } from './problem.ts';
import type { SourceLines } from './source-lines.ts';

/** Lines for excerpts, without those that hold the secret of a problem: another problem may stand in the same line. */
export function withoutSecrets(lines: SourceLines, problems: readonly Problem[]): SourceLines {
  const secret = new Map<string, Set<number>>();
  for (const { place, confidential } of problems) {
    if (place !== undefined && confidential === true) {
      secret.set(place.file, (secret.get(place.file) ?? new Set()).add(place.line));
    }
  }
  const known = new Map<string, readonly string[]>();
  return (file) => {
    const hidden = secret.get(file);
    const shown = known.get(file) ?? (hidden === undefined ? lines(file) : withoutLines(lines(file), hidden));
    known.set(file, shown);
    return shown;
  };
}

const withoutLines = (lines: readonly string[], hidden: ReadonlySet<number>): readonly string[] =>
  lines.map((text, index) => (hidden.has(index + 1) ? '' : text));
