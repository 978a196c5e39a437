import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** A regular file as it was when it was looked at. */
export interface PresentFile {
  readonly kind: 'file';
  /** Differs when the file was written or replaced since. */
  readonly stamp: string;
  readonly bytes: number;
  /** The file, or its beginning. */
  readonly start: Buffer;
}

/** What a path leads to, links not followed. */
export type PathState = PresentFile | { readonly kind: 'absent' | 'link' | 'folder' | 'special' };

/** Identifies a file, to know whether it is still the same one with the same content; undefined for none. */
export const stampOf = ({ dev, ino, size, mtimeNs }: BigIntStats): string => `${dev}:${ino}:${size}:${mtimeNs}`;

/**
 * Looks at a path without waiting: a pipe is not read.
 *
 * @param limit number of bytes that are read of a file
 * @throws Error of the file system
 */
export function lookAt(path: string, limit: number): PathState {
  const descriptor = openUnlessAbsent(path);
  if (typeof descriptor === 'string') {
    return { kind: descriptor };
  }
  try {
    const status = fstatSync(descriptor, { bigint: true });
    if (!status.isFile()) {
      return { kind: status.isDirectory() ? 'folder' : 'special' };
    }
    const bytes = Number(status.size);
    const start = readStart(descriptor, Math.min(bytes, limit));
    return { kind: 'file', stamp: stampOf(status), bytes, start };
  } finally {
    closeSync(descriptor);
  }
}

/** What a failed attempt to open means, where the error shows what is there. */
const openErrors: Readonly<Record<string, 'absent' | 'link' | 'special'>> = {
  ENOENT: 'absent',
  ELOOP: 'link',
  // A socket, or a device without a driver.
  ENXIO: 'special',
  ENODEV: 'special',
};

function openUnlessAbsent(path: string): number | 'absent' | 'link' | 'special' {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const state = openErrors[code];
    if (state === undefined) {
      throw error;
    }
    return state;
  }
}

function readStart(descriptor: number, length: number): Buffer {
  const start = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const count = readSync(descriptor, start, read, length - read, read);
    if (count === 0) {
      break;
    }
    read += count;
  }
  return start.subarray(0, read);
}
