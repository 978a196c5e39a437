import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

/** A clock that runs only while somebody sleeps, until the test ends. */
export class FastClock {
  private milliseconds = 0;

  constructor() {
    vi.spyOn(performance, 'now').mockImplementation(() => this.milliseconds);
    vi.spyOn(timers, 'setTimeout').mockImplementation(async (milliseconds, value) => {
      this.milliseconds += milliseconds ?? 0;
      return value as never;
    });
    // Modules that are loaded already have the function by its name.
    syncBuiltinESMExports();
    onTestFinished(() => {
      vi.restoreAllMocks();
      syncBuiltinESMExports();
    });
  }

  get seconds(): number {
    return this.milliseconds / 1_000;
  }
}
