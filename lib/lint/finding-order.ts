import type { LintFinding } from './lint-finding.ts';

/** By file in the order in which they were read, then from top to bottom. */
export function findingsInOrder(findings: readonly LintFinding[], files: readonly string[]): LintFinding[] {
  const order = new Map(files.map((file, index) => [file, index]));
  const fileOf = ({ place }: LintFinding) => order.get(place.file) ?? files.length;
  return [...findings].sort(
    (a, b) => fileOf(a) - fileOf(b) || a.place.line - b.place.line || a.place.column - b.place.column,
  );
}

/** The same words at the same place are reported once, and a note once for all places. */
export function withoutRepeats(findings: readonly LintFinding[]): LintFinding[] {
  const unique = new Map<string, LintFinding>();
  for (const finding of findings) {
    const { rule, level, message, place } = finding;
    const key = JSON.stringify([rule.id, message, ...(level === 'note' ? [] : [place.file, place.line, place.column])]);
    const first = unique.get(key);
    if (first === undefined) {
      unique.set(key, finding);
    } else if (level === 'note') {
      unique.set(key, { ...first, repeats: first.repeats + 1 });
    }
  }
  return [...unique.values()];
}
