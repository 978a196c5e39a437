import type { Problem } from '../problems/problem.ts';
import { findingsInOrder } from './finding-order.ts';
import type { Level, LintFinding, SuppressedFinding } from './lint-finding.ts';

/** What a run found. */
export interface LintResult {
  /** In the order of the files and of their lines. */
  readonly findings: readonly LintFinding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** What kept the run from being complete: a rule with a defect, a chart that could not be rendered. */
  readonly failures: readonly Problem[];
}

/** Findings by level. */
export type LintCounts = Readonly<Record<`${Level}s`, number>>;

export function countsOf({ findings }: LintResult): LintCounts {
  const of = (wanted: Level) => findings.filter(({ level }) => level === wanted).length;
  return { errors: of('error'), warnings: of('warning'), notes: of('note') };
}

/** An incomplete run is no success, whatever it found. */
export function exitStatus(result: LintResult, maxWarnings = Number.POSITIVE_INFINITY): 0 | 1 | 3 {
  if (result.failures.length > 0) {
    return 3;
  }
  const { errors, warnings } = countsOf(result);
  return errors > 0 || warnings > maxWarnings ? 1 : 0;
}

/**
 * One result of several runs over the same files, without what another run has found already.
 *
 * @param files in the order in which they were read
 */
export function joinedResults(first: LintResult, others: readonly LintResult[], files: readonly string[]): LintResult {
  if (others.length === 0) {
    return first;
  }
  const all = [first, ...others];
  const distinct = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => [
    ...new Map(items.toReversed().map((item) => [keyOf(item), item])).values(),
  ];
  const keyOf = ({ rule, level, message, place }: LintFinding) =>
    JSON.stringify([rule.id, message, ...(level === 'note' ? [] : [place.file, place.line, place.column])]);
  return {
    findings: findingsInOrder(
      distinct(
        all.flatMap(({ findings }) => findings),
        keyOf,
      ).toReversed(),
      files,
    ),
    suppressed: distinct(
      all.flatMap(({ suppressed }) => suppressed),
      ({ finding }) => keyOf(finding),
    ).toReversed(),
    failures: distinct(
      all.flatMap(({ failures }) => failures),
      ({ message }) => message,
    ).toReversed(),
  };
}
