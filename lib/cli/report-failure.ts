import { callProblem } from '../files/file-problem.ts';
import { formatProblems } from '../problems/format.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import { sourceLines } from '../problems/source-lines.ts';
import { maskSecrets } from '../secrets/mask-secrets.ts';
import { outputStyle } from './output-style.ts';

/**
 * Prints why a run failed: what podhost found on standard output, everything else on standard error.
 *
 * @returns the exit status
 */
export function reportFailure(error: unknown, format: 'text' | 'json' = 'text'): number {
  const failure = error instanceof PodhostError ? error : callProblem(error);
  if (failure !== undefined) {
    process.stdout.write(
      formatProblems(failure.problems, { format, ...outputStyle(process.stdout), lines: sourceLines() }),
    );
    return failure.exitStatus;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${maskSecrets(message)}\n`);
  if (!isOfSystem(error)) {
    process.stderr.write('This is a defect in podhost; DEBUG=1 prints where it happened.\n');
  }
  if (process.env['DEBUG'] && error instanceof Error) {
    process.stderr.write(`${maskSecrets(error.stack ?? '')}\n`);
  }
  return 3;
}

/** A failed call to the operating system: no room, no permission. */
const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
