import { fileRemedy } from '../files/file-problem.ts';
import { PodhostError } from '../problems/podhost-error.ts';

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
