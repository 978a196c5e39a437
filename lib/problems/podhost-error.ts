import { messageLines } from './lines.ts';
import { isWarning, type Problem } from './problem.ts';

/** What the process exits with: 1 findings, 2 bad input or usage, 3 something outside failed. */
export type FailureStatus = 1 | 2 | 3;

/** The one error that this project throws on purpose. It carries all problems of a run, never only the first. */
export class PodhostError extends Error {
  /** Code of the first error among the problems. */
  readonly code: string;
  /** Exit status for a command that ends with this error. */
  readonly exitStatus: FailureStatus;
  /** All problems of the run. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly [Problem, ...Problem[]], exitStatus: FailureStatus = 2) {
    super(problems.flatMap(messageLines).join('\n'));
    this.name = 'PodhostError';
    this.code = (problems.find((problem) => !isWarning(problem)) ?? problems[0]).code;
    this.exitStatus = exitStatus;
    this.problems = problems;
  }
}
