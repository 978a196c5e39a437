import { accessSync, type BigIntStats, constants, lstatSync } from 'node:fs';
import type { Problem } from '../problems/problem.ts';
import { onFile } from './call-problem.ts';
import { stampOf } from './present-file.ts';

/** A file is about to get this content, or to be removed when there is none. */
export interface FileChange {
  /** Path, as it is reported. */
  readonly path: string;
  /** Undefined removes the file; a function makes it when it is written, so that not all are in memory. */
  readonly content: string | Uint8Array | (() => string) | undefined;
  /** Stamp of the file when the change was decided; undefined where there was none. */
  readonly seen: string | undefined;
  /**
   * Permissions of a new file.
   *
   * @default - those that the umask leaves
   */
  readonly mode?: number;
  /**
   * Whether the content can be made again, so that it need not be on the disk before it stands under its name: after a
   * power failure the file may be empty.
   *
   * @default false
   */
  readonly isReproducible?: boolean;
}

/** What lies at a path, links not followed; undefined for nothing. */
export const statusOf = (path: string): BigIntStats | undefined =>
  onFile({ path, attempt: 'read' }, () => lstatSync(path, { bigint: true, throwIfNoEntry: false }));

/** Why a file cannot be changed so that everything else about it stays; undefined when it can. */
export function refusedChange(
  { path, content, seen }: FileChange,
  status: BigIntStats | undefined,
): Problem | undefined {
  if (status !== undefined && !status.isFile()) {
    const what = status.isSymbolicLink() ? 'a symbolic link' : status.isDirectory() ? 'a folder' : 'no regular file';
    return {
      code: 'file/not-regular',
      message: `${path} is ${what}, so it is not written`,
      suggestion: 'move it, or name another path',
    };
  }
  if (hasChanged(seen, status)) {
    return changedFile(path);
  }
  if (status === undefined || content === undefined) {
    return undefined;
  }
  if (status.nlink > 1n) {
    return {
      code: 'file/hard-links',
      message: `${path} is one of ${status.nlink} hard links to a file, and writing it would part it from the others`,
      suggestion: 'put a copy in its place, then run it again',
    };
  }
  if (!isWritable(path, status)) {
    return {
      code: 'file/read-only-file',
      message: `${path} is read-only for this user`,
      suggestion: 'allow it (chmod u+w), then run it again',
    };
  }
  return undefined;
}

export const hasChanged = (seen: string | undefined, status: BigIntStats | undefined): boolean =>
  (status === undefined ? undefined : stampOf(status)) !== seen;

export const changedFile = (path: string): Problem => ({
  code: 'file/changed',
  message: `${path} has changed since it was read, so it is not written`,
  suggestion: 'run it again',
});

/** Root may write whatever the permissions are, although they forbid it. */
function isWritable(path: string, { mode }: BigIntStats): boolean {
  if ((mode & 0o222n) === 0n) {
    return false;
  }
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
