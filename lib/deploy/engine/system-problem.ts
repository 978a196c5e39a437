import { PodhostError } from '../../problems/podhost-error.ts';

/** What a failed call to the operating system means, such as one for want of room; undefined for anything else. */
export function systemProblem(error: unknown): PodhostError | undefined {
  if (!(error instanceof Error && 'syscall' in error)) {
    return undefined;
  }
  const isFull = 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  return new PodhostError(
    [
      {
        code: 'deploy/this-machine',
        message: `this machine refused something: ${error.message}`,
        ...(isFull && { suggestion: 'free space on this machine (df -h shows where), then run it again' }),
      },
    ],
    3,
  );
}
