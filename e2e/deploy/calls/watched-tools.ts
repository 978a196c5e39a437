import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Calls, recordScript } from './calls.ts';

/** Programs of the same names that stand before the real ones. */
export interface WatchedTools {
  /** To be put first on the PATH. */
  readonly bin: string;
  readonly calls: Calls;
}

/** Puts something before each program that takes down its calls, lets the test hold one or have it fail, and runs it. */
export function watchTools(folder: string, programs: readonly string[]): WatchedTools {
  const bin = join(folder, 'watched');
  const state = join(folder, 'watched-calls');
  for (const path of [bin, state]) mkdirSync(path);
  for (const program of programs) {
    const path = join(bin, basename(program));
    writeFileSync(path, `#!/bin/sh\nSTATE='${state}'\n. '${recordScript}'\nexec '${program}' "$@"\n`);
    chmodSync(path, 0o755);
  }
  return { bin, calls: new Calls(state) };
}
