import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';

export interface CallProblemProps {
  /**
   * File or folder that the call was about, as it is reported.
   *
   * @default - the path that the error names
   */
  readonly path?: string;
  /**
   * What was tried, after "cannot be".
   *
   * @default - read from the system call of the error
   */
  readonly attempt?: 'read' | 'written' | 'removed' | 'created';
  /**
   * What to name instead, where the path itself is the fault, e.g. `choose another folder with --output DIR`.
   *
   * @default 'name another path'
   */
  readonly otherwise?: string;
}

interface Cause {
  /** Second part of the problem's code. */
  readonly code: string;
  readonly reason: string;
  readonly remedy?: string;
  /** Whether the path is wrong, and not the machine. */
  readonly isOfPath?: true;
}

const freeSpace = 'free space on this machine (df -h shows where), then run it again';
const permission = 'give this user permission (ls -ld shows who has it)';

/** What each error number means to a person who has only the path. */
const causes: Readonly<Record<string, Cause>> = {
  EACCES: { code: 'no-permission', reason: 'this user has no permission', remedy: permission },
  EBUSY: { code: 'busy', reason: 'it is a mount point or in use', remedy: 'unmount it or end what uses it' },
  EDQUOT: { code: 'no-space', reason: 'the disk quota of this user is used up', remedy: freeSpace },
  EEXIST: { code: 'exists', reason: 'something else exists there', isOfPath: true },
  EFBIG: { code: 'too-large', reason: 'it is larger than this process may write (ulimit -f)' },
  EINVAL: { code: 'bad-path', reason: 'the file system does not accept the path', isOfPath: true },
  EIO: { code: 'device', reason: 'the device reports an error', remedy: 'check the disk (dmesg shows its errors)' },
  EISDIR: { code: 'is-folder', reason: 'it is a folder', isOfPath: true },
  ELOOP: { code: 'link', reason: 'it is a symbolic link, or its links lead in a circle', isOfPath: true },
  EMFILE: { code: 'open-files', reason: 'this process has too many open files', remedy: 'run: ulimit -n 4096' },
  EMLINK: { code: 'links', reason: 'the file system allows no more links to it' },
  ENAMETOOLONG: { code: 'long-name', reason: 'the path is longer than the file system allows', isOfPath: true },
  ENFILE: {
    code: 'open-files',
    reason: 'this machine has too many open files',
    remedy: 'end programs that hold files',
  },
  ENODEV: { code: 'device', reason: 'its device does not exist' },
  ENOENT: { code: 'missing', reason: 'the path does not exist', isOfPath: true },
  ENOSPC: { code: 'no-space', reason: 'the file system is full', remedy: freeSpace },
  ENOTDIR: { code: 'not-folder', reason: 'a part of the path is no folder', isOfPath: true },
  ENOTEMPTY: { code: 'not-empty', reason: 'the folder is not empty', isOfPath: true },
  ENXIO: { code: 'device', reason: 'its device does not exist' },
  EPERM: {
    code: 'not-permitted',
    reason: 'the system does not permit it',
    remedy: `${permission}; lsattr shows flags`,
  },
  EROFS: { code: 'read-only', reason: 'the file system is read-only', remedy: 'mount it for writing' },
  ESTALE: { code: 'device', reason: 'the network file system has lost it', remedy: 'mount it again' },
  ETXTBSY: { code: 'busy', reason: 'a program runs from it', remedy: 'end the program' },
  EXDEV: { code: 'other-device', reason: 'it is on another file system', remedy: 'unmount the folder' },
};

const attempts: Readonly<Record<string, NonNullable<CallProblemProps['attempt']>>> = {
  ...{ open: 'read', read: 'read', scandir: 'read', stat: 'read', lstat: 'read', fstat: 'read', realpath: 'read' },
  ...{ readlink: 'read', access: 'read', opendir: 'read' },
  ...{ write: 'written', fsync: 'written', rename: 'written', link: 'written', ftruncate: 'written', close: 'written' },
  ...{
    copyfile: 'written',
    chmod: 'written',
    fchmod: 'written',
    chown: 'written',
    fchown: 'written',
    utime: 'written',
  },
  ...{ unlink: 'removed', rmdir: 'removed', rm: 'removed' },
  ...{ mkdir: 'created', mkdtemp: 'created', symlink: 'created' },
};

/**
 * What a failed call to the file system means: the path, the reason and the remedy. Exit status 2 where the path is
 * wrong, 3 where the machine refuses.
 *
 * @returns undefined when the error is none of the file system
 */
export function callProblem(error: unknown, props: CallProblemProps = {}): PodhostError | undefined {
  if (!isOfFiles(error)) {
    return undefined;
  }
  const { path = error.path ?? 'a file', attempt = attempts[error.syscall] } = props;
  const cause = causes[error.code];
  const remedy = remedyOf(cause, props.otherwise);
  const problem: Problem = {
    code: `file/${cause?.code ?? 'failed'}`,
    message: `${path} cannot be ${attempt}: ${cause?.reason ?? 'the system call failed'} (${error.syscall}: ${error.code})`,
    suggestion: remedy,
  };
  return new PodhostError([problem], cause?.isOfPath === true ? 2 : 3);
}

/** What to do about a failed call to the file system, for callers with a message of their own. */
export const fileRemedy = (error: unknown): string | undefined =>
  isOfFiles(error) ? causes[error.code]?.remedy : undefined;

function remedyOf(cause: Cause | undefined, otherwise: string | undefined): string | undefined {
  if (cause?.remedy !== undefined) {
    return otherwise === undefined ? cause.remedy : `${cause.remedy}, or ${otherwise}`;
  }
  return otherwise ?? (cause?.isOfPath === true ? 'name another path' : undefined);
}

/** An error of `node:fs`. */
interface FileError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

const isOfFiles = (error: unknown): error is FileError =>
  error instanceof Error &&
  'syscall' in error &&
  typeof error.syscall === 'string' &&
  Object.hasOwn(attempts, error.syscall) &&
  'code' in error &&
  typeof error.code === 'string' &&
  (!('path' in error) || error.path === undefined || typeof error.path === 'string');

/**
 * Runs a piece of work on a path.
 *
 * @throws PodhostError for a failed call to the file system, and whatever else the work throws as it is
 */
export function onFile<T>(props: CallProblemProps, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw callProblem(error, props) ?? error;
  }
}

/** Does what may fail without harm; undefined when it has failed. */
export function ifPossible<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
