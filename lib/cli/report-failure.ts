import { callProblem } from '../files/call-problem.ts';
import { sourceLines } from '../files/source-lines.ts';
import { formatProblems } from '../problems/format.ts';
import { stackLines } from '../problems/lines.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { maskSecrets } from '../secrets/mask-secrets.ts';
import { print, report, reportText, resultStyle } from './printer.ts';

/**
 * Prints why a run failed: what podhost found on standard output, everything else on standard error.
 *
 * @returns the exit status
 */
export function reportFailure(error: unknown, format: 'text' | 'json' = 'text'): number {
  const failure = error instanceof PodhostError ? error : callProblem(error);
  if (failure !== undefined) {
    print(formatProblems(failure.problems, { format, ...resultStyle(), lines: sourceLines() }));
    return failure.exitStatus;
  }
  report(maskSecrets(error instanceof Error ? error.message : String(error)));
  if (!isOfSystem(error)) {
    report('This is a defect in podhost; DEBUG=1 prints where it happened.');
  }
  if (process.env['DEBUG']) {
    report(...stackLines(error));
  }
  return 3;
}

/** Prints the warnings about a valid configuration on standard error. */
export function reportWarnings(warnings: readonly Problem[] = []): void {
  if (warnings.length > 0) {
    reportText(formatProblems(warnings, { format: 'text', lines: sourceLines() }));
  }
}

/** A failed call to the operating system: no room, no permission. */
const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
