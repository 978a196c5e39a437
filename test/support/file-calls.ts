import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** A call to the file system that is about to happen. */
export interface FileCall {
  /** Name of the function, e.g. `renameSync`. */
  readonly name: string;
  readonly args: readonly unknown[];
  /** Counted from 1. */
  readonly index: number;
  /** Carries out a part of a write, as when the process ends in the middle of it. */
  readonly half: () => void;
}

/** Calls that change something, and `openSync`, which may. */
export const changingCalls = [
  ...['openSync', 'writeSync', 'fsyncSync', 'closeSync', 'renameSync', 'linkSync', 'copyFileSync', 'unlinkSync'],
  ...['mkdirSync', 'rmdirSync', 'fchmodSync', 'fchownSync'],
];

export interface WatchedCalls {
  /** How many calls there were. */
  count(): number;
  stop(): void;
}

/** Announces each call below a folder to a hook before it happens. The hook may throw in its place. */
export function watchCalls(
  folder: string,
  hook: (call: FileCall) => void,
  names: readonly string[] = changingCalls,
): WatchedCalls {
  const descriptors = new Set<unknown>();
  let index = 0;
  const restore = names.map((name) => {
    const original: unknown = Reflect.get(fs, name);
    if (typeof original !== 'function') {
      throw new Error(`node:fs has no ${name}`);
    }
    const call = (args: readonly unknown[]): unknown => Reflect.apply(original, fs, args);
    Reflect.set(fs, name, (...args: unknown[]) => {
      const [first, bytes, ...rest] = args;
      const isOfFolder = typeof first === 'string' ? first.startsWith(folder) : descriptors.has(first);
      if (isOfFolder) {
        index++;
        const half = () =>
          name === 'writeSync' && Buffer.isBuffer(bytes)
            ? call([first, bytes.subarray(0, Math.floor(bytes.length / 2)), ...rest])
            : undefined;
        hook({ name, args, index, half });
      }
      const result = call(args);
      if (name === 'openSync' && isOfFolder) {
        descriptors.add(result);
      } else if (name === 'closeSync') {
        descriptors.delete(first);
      }
      return result;
    });
    return () => Reflect.set(fs, name, original);
  });
  syncBuiltinESMExports();
  return {
    count: () => index,
    stop() {
      for (const undo of restore) {
        undo();
      }
      syncBuiltinESMExports();
    },
  };
}

/**
 * Does some work while its calls are announced.
 *
 * @returns how many calls there were
 */
export function watchingCalls(
  folder: string,
  hook: (call: FileCall) => void,
  work: () => unknown,
  names?: readonly string[],
): number {
  const watched = watchCalls(folder, hook, names);
  try {
    work();
    return watched.count();
  } finally {
    watched.stop();
  }
}

/** The error of a system call that fails. */
export const systemError = (code: string, syscall = 'write'): Error =>
  Object.assign(new Error(`${code}: refused, ${syscall}`), { code, syscall });
