import type { Coverage } from '../../model/coverage.ts';
import type { SourceLines } from '../../problems/lines.ts';
import type { LintResult } from '../lint-result.ts';
import type { RuleDescription } from '../rule.ts';

/** What a format makes text of. */
export interface Report {
  readonly result: LintResult;
  /** Files that were read, those without findings as well. */
  readonly files: readonly string[];
  /** Every rule that could have reported something. */
  readonly rules: readonly RuleDescription[];
  readonly lines: SourceLines;
  /**
   * What the run judged.
   *
   * @default - not printed
   */
  readonly coverage?: Coverage;
  readonly colour: boolean;
}

/** The findings of a run as one text; empty when the format has nothing to say. */
export type Format = (report: Report) => string;
