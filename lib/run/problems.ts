import { fileRemedy } from '../files/file-problem.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from './context.ts';
import { stoppedProblem } from './kube/read.ts';

/**
 * What a run tells of an error. After Ctrl-C whatever was looked at fails because it was stopped, and that alone is told.
 *
 * @throws the error itself when it is a defect
 */
export function failureOf(error: unknown, { signal }: Pick<DeployContext, 'signal'>): PodhostError {
  const problems = error instanceof PodhostError ? error : systemProblem(error);
  if (problems === undefined) {
    throw error;
  }
  return signal.aborted ? stopped(signal) : problems;
}

/** @throws PodhostError when somebody has stopped the run */
export function refuseWhenStopped({ signal }: Pick<DeployContext, 'signal'>): void {
  if (signal.aborted) {
    throw stopped(signal);
  }
}

const stopped = (signal: AbortSignal): PodhostError => new PodhostError([stoppedProblem(signal)], 3);

/** What a failed call to the operating system means, such as one for want of room; undefined for anything else. */
export function systemProblem(error: unknown): PodhostError | undefined {
  if (!(error instanceof Error && 'syscall' in error)) {
    return undefined;
  }
  const remedy = fileRemedy(error);
  return new PodhostError(
    [
      {
        code: 'deploy/this-machine',
        message: `this machine refused something: ${error.message}`,
        ...(remedy !== undefined && { suggestion: remedy }),
      },
    ],
    3,
  );
}
