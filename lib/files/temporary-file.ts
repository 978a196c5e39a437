import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../text/sha256.ts';
import { ifPossible } from './call-problem.ts';

/**
 * `content` is the next content of a file and `former` the one that it replaces; `lock` means that a run works in the
 * folder.
 */
export type TemporaryKind = 'content' | 'former' | 'lock';

/** A file that a run leaves behind only when it is killed. */
export interface TemporaryFile {
  readonly name: string;
  readonly kind: TemporaryKind;
  /** Process that made it. */
  readonly pid: number;
  /** Whether the run that made it may still work. */
  readonly isLive: boolean;
}

/** After this time a file is that of a dead run, whichever process has its number now; a run writes for seconds. */
const maximumAge = 5 * 60_000;

/** No extension that kubectl, Flux or Argo CD reads, and hidden. */
const namePattern = /^\.podhost-([0-9a-f]{8})-(\d+)-[0-9a-f]{16}\.(content|former|lock)$/;

let space: string | undefined;

/** Where process numbers are unique: two containers that share a folder each have a process 1. */
function processSpace(): string {
  if (space === undefined) {
    const parts = [
      hostname(),
      ifPossible(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
      ifPossible(() => readlinkSync('/proc/self/ns/pid')),
    ];
    space = sha256(parts.join('\n')).slice(0, 8);
  }
  return space;
}

/**
 * A path in a folder that cannot be guessed; its name shows which run it belongs to. A `kept` file is what could not be
 * put back, and is never removed.
 */
export function temporaryPath(folder: string, kind: TemporaryKind | 'kept'): string {
  return join(folder, `.podhost-${processSpace()}-${process.pid}-${randomName()}.${kind}`);
}

/** Random digits for names to come. */
let digits = '';

function randomName(): string {
  if (digits === '') {
    const bytes = Buffer.alloc(4096);
    // To load `node:crypto` takes longer than the rest of a small synthesis writes.
    digits = (ifPossible(() => fromDevice(bytes)) ?? randomBytes(bytes.length)).toString('hex');
  }
  const name = digits.slice(0, 16);
  digits = digits.slice(16);
  return name;
}

function fromDevice(bytes: Buffer): Buffer | undefined {
  const descriptor = openSync('/dev/urandom', constants.O_RDONLY);
  try {
    return readSync(descriptor, bytes) === bytes.length ? bytes : undefined;
  } finally {
    closeSync(descriptor);
  }
}

/** Who may do what with a file. */
export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
  /** The type of the file may be in it. */
  readonly mode: number;
}

export interface TemporaryFileProps {
  readonly kind: TemporaryKind;
  readonly content: string | Uint8Array;
  /**
   * The file whose permissions and owner it takes over.
   *
   * @default - it is a new file
   */
  readonly like?: FileOwner;
  /**
   * Permissions of a new file.
   *
   * @default - those that the umask leaves
   */
  readonly mode?: number;
  /**
   * Whether the content is on the disk afterwards, which takes milliseconds a file.
   *
   * @default true
   */
  readonly isSynced?: boolean;
}

/**
 * Creates a file that was not there before, not even as a link, with its content.
 *
 * @returns its path
 * @throws Error of the file system, with nothing left behind
 */
export function createTemporary(
  folder: string,
  { kind, content, like, mode, isSynced = true }: TemporaryFileProps,
): string {
  const path = temporaryPath(folder, kind);
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const descriptor = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, like === undefined ? mode : 0o600);
  try {
    try {
      writeAll(descriptor, content);
      if (like !== undefined) {
        takeOver(descriptor, like);
      }
      if (isSynced) {
        fsyncSync(descriptor);
      }
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    ifPossible(() => unlinkSync(path));
    throw error;
  }
  return path;
}

/** A text is mostly written in one call, without a copy. */
function writeAll(descriptor: number, content: string | Uint8Array): void {
  const first = typeof content === 'string' ? writeSync(descriptor, content) : writeSync(descriptor, content);
  if (first < Buffer.byteLength(content)) {
    const bytes = Buffer.from(content);
    for (let written = first; written < bytes.length; ) {
      written += writeSync(descriptor, bytes, written);
    }
  }
}

/** The owner first: a change of the owner takes bits of the permissions away. */
function takeOver(descriptor: number, { uid, gid, mode }: FileOwner): void {
  const own = fstatSync(descriptor);
  if (own.uid !== uid || own.gid !== gid) {
    // Only root may give a file away; for everybody else the file becomes their own.
    ifPossible(() => fchownSync(descriptor, uid, gid));
  }
  fchmodSync(descriptor, mode & 0o7777);
}

/**
 * The temporary files that lie in a folder, which need not exist.
 *
 * @throws Error of the file system
 */
export function temporaryFiles(folder: string): TemporaryFile[] {
  return namesIn(folder).flatMap((name) => {
    const match = namePattern.exec(name);
    const [, madeIn = '', number = '', kind = ''] = match ?? [];
    const pid = Number(number);
    return match === null || !isKind(kind)
      ? []
      : [{ name, kind, pid, isLive: isYoung(join(folder, name)) && (madeIn !== processSpace() || isRunning(pid)) }];
  });
}

/** What lies in a folder, which need not exist. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

/** Removes what dead runs have left in folders, as far as this user may. */
export function removeLeftovers(folders: Iterable<string>): void {
  for (const folder of folders) {
    for (const { name, isLive } of ifPossible(() => temporaryFiles(folder)) ?? []) {
      if (!isLive) {
        ifPossible(() => unlinkSync(join(folder, name)));
      }
    }
  }
}

const isKind = (text: string): text is TemporaryKind => text === 'content' || text === 'former' || text === 'lock';

/** Its own number comes again in a container that is started again; what this process makes it removes itself. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) {
    return false;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user answers EPERM.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function isYoung(path: string): boolean {
  const status = ifPossible(() => lstatSync(path));
  return status !== undefined && Date.now() - status.ctimeMs < maximumAge;
}
