import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { type Attempt, attemptOf, causeOf, type ErrorCause, isOfFiles } from './error-cause.ts';

export interface CallProblemProps {
  /**
   * File or folder that the call was about, as it is reported.
   *
   * @default - the path that the error names
   */
  readonly path?: string;
  /**
   * What was tried, after "cannot be".
   *
   * @default - read from the system call of the error
   */
  readonly attempt?: Attempt;
  /**
   * What to name instead, where the path itself is wrong, e.g. `choose another folder with --output DIR`.
   *
   * @default 'name another path'
   */
  readonly otherwise?: string;
}

/**
 * What a failed call to the file system means: the path, the reason and the remedy. Exit status 2 where the path is
 * wrong, 3 where the machine refuses.
 *
 * @returns undefined when the error is none of the file system
 */
export function callProblem(error: unknown, props: CallProblemProps = {}): PodhostError | undefined {
  if (!isOfFiles(error)) {
    return undefined;
  }
  const { path = error.path ?? 'a file', attempt = attemptOf(error) } = props;
  const cause = causeOf(error);
  const remedy = remedyOf(cause, props.otherwise);
  const problem: Problem = {
    code: `file/${cause?.code ?? 'failed'}`,
    message: `${path} cannot be ${attempt}: ${cause?.reason ?? 'the system call failed'} (${error.syscall}: ${error.code})`,
    suggestion: remedy,
  };
  return new PodhostError([problem], cause?.isOfPath === true ? 2 : 3);
}

/** What to do about a failed call to the file system, for callers with a message of their own. */
export const fileRemedy = (error: unknown): string | undefined =>
  isOfFiles(error) ? causeOf(error)?.remedy : undefined;

function remedyOf(cause: ErrorCause | undefined, otherwise: string | undefined): string | undefined {
  if (cause?.remedy !== undefined) {
    return otherwise === undefined ? cause.remedy : `${cause.remedy}, or ${otherwise}`;
  }
  return otherwise ?? (cause?.isOfPath === true ? 'name another path' : undefined);
}

/**
 * Runs a piece of work on a path.
 *
 * @throws PodhostError for a failed call to the file system, and whatever else the work throws as it is
 */
export function onFile<T>(props: CallProblemProps, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw callProblem(error, props) ?? error;
  }
}

/** Does what may fail without harm; undefined when it has failed. */
export function ifPossible<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
