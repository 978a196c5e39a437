import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';

/**
 * Sleeps of `node:timers/promises` end at once, in the tests of the file that calls this. A mock of the module itself would
 * stay in the modules that are loaded meanwhile, which the files of one worker share.
 */
export function withoutSleeps(): void {
  const { setTimeout: sleep } = timers;
  const use = (setTimeout: typeof sleep) => {
    Object.assign(timers, { setTimeout });
    // Modules that are loaded already have the function by its name.
    syncBuiltinESMExports();
  };
  beforeAll(() => use((_, value, options) => sleep(0, value, options)));
  afterAll(() => use(sleep));
}
