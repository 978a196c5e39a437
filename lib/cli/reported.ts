import type { FailureStatus } from '../problems/podhost-error.ts';

/** Thrown where a command has printed all there is to say, so that only the exit status is left to tell. */
export class Reported extends Error {
  constructor(readonly exitStatus: FailureStatus) {
    super(`reported, exit status ${exitStatus}`);
    this.name = 'Reported';
  }
}
