import { operand, runInstruction, sh } from '../text/shell.ts';

/** What is done with a path, after "cannot be". */
export type Attempt = 'read' | 'written' | 'removed' | 'created';

/** What a failed call to the file system means to a person who has only the path. */
export interface ErrorCause {
  /** Second part of the problem's code. */
  readonly code: string;
  readonly reason: string;
  readonly remedy?: string;
  /** Whether the path is wrong, and not the machine. */
  readonly isOfPath?: true;
  /**
   * What a file that should be read is, or what happens to it: completes a sentence that begins with its name.
   *
   * @default - it cannot be read, for the reason
   */
  readonly whenRead?: string;
  /**
   * What a reader can do about it.
   *
   * @default - the remedy
   */
  readonly readRemedy?: (path: string) => string;
}

const freeSpace = 'free space on this machine (df -h shows where), then run it again';
const permission = 'give this user permission (ls -ld shows who has it)';

const unreadable: Pick<ErrorCause, 'whenRead' | 'readRemedy'> = {
  whenRead: 'may not be read by this user',
  readRemedy: (path) => runInstruction(sh`chmod u+r ${operand(path)}`),
};

/** What each error number means to a person who has only the path. */
const causes: Readonly<Record<string, ErrorCause>> = {
  EACCES: { code: 'no-permission', reason: 'this user has no permission', remedy: permission, ...unreadable },
  EBUSY: { code: 'busy', reason: 'it is a mount point or in use', remedy: 'unmount it or end what uses it' },
  EDQUOT: { code: 'no-space', reason: 'the disk quota of this user is used up', remedy: freeSpace },
  EEXIST: { code: 'exists', reason: 'something else exists there', isOfPath: true },
  EFBIG: { code: 'too-large', reason: 'it is larger than this process may write (ulimit -f)' },
  EINVAL: { code: 'bad-path', reason: 'the file system does not accept the path', isOfPath: true },
  EIO: { code: 'device', reason: 'the device reports an error', remedy: 'check the disk (dmesg shows its errors)' },
  EISDIR: { code: 'is-folder', reason: 'it is a folder', isOfPath: true },
  ELOOP: {
    code: 'link',
    reason: 'it is a symbolic link, or its links lead in a circle',
    isOfPath: true,
    whenRead: 'is a symbolic link that leads back to itself',
  },
  EMFILE: { code: 'open-files', reason: 'this process has too many open files', remedy: 'run: ulimit -n 4096' },
  EMLINK: { code: 'links', reason: 'the file system allows no more links to it' },
  ENAMETOOLONG: { code: 'long-name', reason: 'the path is longer than the file system allows', isOfPath: true },
  ENFILE: {
    code: 'open-files',
    reason: 'this machine has too many open files',
    remedy: 'end programs that hold files',
  },
  ENODEV: { code: 'device', reason: 'its device does not exist' },
  ENOENT: { code: 'missing', reason: 'the path does not exist', isOfPath: true, whenRead: 'does not exist' },
  ENOSPC: { code: 'no-space', reason: 'the file system is full', remedy: freeSpace },
  ENOTDIR: {
    code: 'not-folder',
    reason: 'a part of the path is no folder',
    isOfPath: true,
    whenRead: 'does not exist',
  },
  ENOTEMPTY: { code: 'not-empty', reason: 'the folder is not empty', isOfPath: true },
  ENXIO: { code: 'device', reason: 'its device does not exist' },
  EPERM: {
    code: 'not-permitted',
    reason: 'the system does not permit it',
    remedy: `${permission}; lsattr shows flags`,
    ...unreadable,
  },
  EROFS: { code: 'read-only', reason: 'the file system is read-only', remedy: 'mount it for writing' },
  ESTALE: { code: 'device', reason: 'the network file system has lost it', remedy: 'mount it again' },
  ETXTBSY: { code: 'busy', reason: 'a program runs from it', remedy: 'end the program' },
  EXDEV: { code: 'other-device', reason: 'it is on another file system', remedy: 'unmount the folder' },
};

const attempts: Readonly<Record<string, Attempt>> = {
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

export const attemptOf = ({ syscall }: FileError): Attempt | undefined => attempts[syscall];

/** What an error of the file system means; undefined for an unknown error number. */
export const causeOf = ({ code }: FileError): ErrorCause | undefined => causes[code];

/** An error of `node:fs`. */
export interface FileError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

export const isOfFiles = (error: unknown): error is FileError =>
  error instanceof Error &&
  'syscall' in error &&
  typeof error.syscall === 'string' &&
  Object.hasOwn(attempts, error.syscall) &&
  'code' in error &&
  typeof error.code === 'string' &&
  (!('path' in error) || error.path === undefined || typeof error.path === 'string');
