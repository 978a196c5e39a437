import { fileRemedy } from '../files/call-problem.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from './context.ts';
import { stoppedProblem } from './kube/read.ts';

/**
 * The error that a run reports. After Ctrl-C every command fails because it was stopped, so only the stop is reported.
 *
 * @throws the error itself when it is a defect of podhost
 */
export function runError(error: unknown, { signal }: Pick<DeployContext, 'signal'>): PodhostError {
  const problems = error instanceof PodhostError ? error : systemProblem(error);
  if (problems === undefined) {
    throw error;
  }
  return signal.aborted ? stopped(signal) : problems;
}

/** @throws PodhostError when the run was stopped */
export function refuseWhenStopped({ signal }: Pick<DeployContext, 'signal'>): void {
  if (signal.aborted) {
    throw stopped(signal);
  }
}

const stopped = (signal: AbortSignal): PodhostError => new PodhostError([stoppedProblem(signal)], 3);

/** The problem of a failed system call, e.g. on a full disk; undefined for other errors. */
export function systemProblem(error: unknown): PodhostError | undefined {
  if (!(error instanceof Error && 'syscall' in error)) {
    return undefined;
  }
  const remedy = fileRemedy(error);
  return new PodhostError(
    [
      {
        code: 'deploy/this-machine',
        message: `a system call failed on this machine: ${error.message}`,
        ...(remedy !== undefined && { suggestion: remedy }),
      },
    ],
    3,
  );
}
