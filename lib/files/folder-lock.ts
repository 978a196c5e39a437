import { unlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PodhostError } from '../problems/podhost-error.ts';
import { ifPossible, onFile } from './call-problem.ts';
import { MadeFolders } from './made-folders.ts';
import { createTemporary, type TemporaryFile, temporaryFiles } from './temporary-file.ts';

export interface FolderLockProps {
  /** Folder in which the runs see each other; it is created, and removed again when the work fails. */
  readonly folder: string;
  /** What is locked, as it is reported. */
  readonly title: string;
  /**
   * What the user can name instead of a folder that cannot be written.
   *
   * @default - nothing is proposed
   */
  readonly otherwise?: string;
  /**
   * How long to wait for another run, in milliseconds.
   *
   * @default 10000
   */
  readonly patience?: number;
}

/**
 * Does some work while no other run does it in the same folder.
 *
 * Each run creates a file of its own and then works only if it sees no other one. The later of two always sees the
 * earlier; when both see each other, both step back for a random time. No file of another live run is ever removed,
 * so that a dead run's file needs no agreement about who may break it.
 *
 * @throws PodhostError when another run works there for longer
 */
export function withFolderLock<T>({ folder, title, otherwise, patience = 10_000 }: FolderLockProps, work: () => T): T {
  const deadline = Date.now() + patience;
  const folders = new MadeFolders({ otherwise });
  try {
    for (;;) {
      const own =
        otherRun(folder) === undefined
          ? onFile({ path: folder, attempt: 'written', otherwise }, () => createLock(folder, folders))
          : undefined;
      if (own !== undefined) {
        try {
          if (otherRun(folder, basename(own)) === undefined) {
            return work();
          }
        } finally {
          ifPossible(() => unlinkSync(own));
        }
      }
      if (Date.now() > deadline) {
        throw locked(title, folder);
      }
      sleep(20 + Math.random() * 80);
    }
  } catch (error) {
    folders.takeBack();
    throw error;
  }
}

/** Undefined when another run, which had created the folder, has just removed it. */
function createLock(folder: string, folders: MadeFolders): string | undefined {
  folders.make(folder);
  try {
    return createTemporary(folder, { kind: 'lock', content: '', isSynced: false });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      folders.forget();
      return undefined;
    }
    throw error;
  }
}

const otherRun = (folder: string, own?: string): TemporaryFile | undefined =>
  onFile({ path: folder, attempt: 'read' }, () => temporaryFiles(folder)).find(
    ({ name, kind, isLive }) => kind === 'lock' && isLive && name !== own,
  );

/** Writing is synchronous, and so is waiting for it. */
const sleep = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};

function locked(title: string, folder: string): PodhostError {
  const other = otherRun(folder);
  const process = other === undefined ? '' : ` (process ${other.pid})`;
  const file = other === undefined ? '' : `; if no such process exists, remove ${join(folder, other.name)}`;
  return new PodhostError(
    [
      {
        code: 'file/locked',
        message: `another run of podhost${process} writes to ${title}`,
        suggestion: `run it again when that run has ended${file}`,
      },
    ],
    3,
  );
}
