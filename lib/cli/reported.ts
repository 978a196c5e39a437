/** Thrown by a command that has printed its problems, so that only the exit status is left. */
export class Reported extends Error {
  /** @param exitStatus 1, 2 or 3, or what a signal ended the process with */
  constructor(readonly exitStatus: number) {
    super(`reported, exit status ${exitStatus}`);
    this.name = 'Reported';
  }
}
