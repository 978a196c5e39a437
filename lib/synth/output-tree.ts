import { lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ifPossible, onFile } from '../files/call-problem.ts';
import { lookAt, type PathState } from '../files/present-file.ts';
import { namesIn } from '../files/temporary-file.ts';
import type { Problem } from '../problems/problem.ts';
import { otherOutput } from './output-location.ts';
import { foldersOf } from './output-path.ts';

type FolderState = 'folder' | 'absent' | Problem;

/** What lies at paths of an output folder. Only these paths are looked at, and no link below the folder is followed. */
export class OutputTree {
  private readonly folders = new Map<string, FolderState>();
  private readonly names = new Map<string, ReadonlySet<string> | 'unknown'>();

  /** @param output the folder; it may be a link itself, and need not exist */
  constructor(readonly output: string) {}

  /**
   * What lies at a path, or the problem that a part of the path is no folder.
   *
   * @param limit number of bytes that are read of a file; asked where there may be one
   * @throws PodhostError when the file system refuses
   */
  look(path: string, limit: () => number): PathState | Problem {
    const state = this.folder(foldersOf(path).at(-1));
    if (state !== 'folder') {
      return state === 'absent' ? { kind: 'absent' } : state;
    }
    const full = join(this.output, path);
    return onFile({ path: full, attempt: 'read', otherwise: otherOutput }, () =>
      this.mayHave(dirname(full), basename(full)) ? lookAt(full, limit()) : { kind: 'absent' },
    );
  }

  /** One question for all files of a folder: most of a first run's are absent, which is dear to find out one by one. */
  private mayHave(folder: string, name: string): boolean {
    const names = this.names.get(folder) ?? namesOf(folder);
    this.names.set(folder, names);
    return names === 'unknown' || names.has(comparable(name));
  }

  /**
   * Whether a folder is there, or the problem that a part of the path is none.
   *
   * @param path undefined for the output folder itself
   * @throws PodhostError when the file system refuses
   */
  folder(path: string | undefined): FolderState {
    for (const folder of path === undefined ? [] : [...foldersOf(path), path]) {
      const state = this.stateOf(folder);
      if (state !== 'folder') {
        return state;
      }
    }
    return 'folder';
  }

  private stateOf(path: string): FolderState {
    const known = this.folders.get(path);
    if (known !== undefined) {
      return known;
    }
    const full = join(this.output, path);
    const status = onFile({ path: full, attempt: 'read', otherwise: otherOutput }, () =>
      lstatSync(full, { throwIfNoEntry: false }),
    );
    const state =
      status === undefined ? 'absent' : status.isDirectory() ? 'folder' : noFolder(full, status.isSymbolicLink());
    this.folders.set(path, state);
    return state;
  }
}

/** Names that are one to some file system are one here, too. */
const comparable = (name: string): string => name.normalize('NFC').toLowerCase();

/** A folder that this user may not list can still hold files that are opened by name. */
function namesOf(folder: string): ReadonlySet<string> | 'unknown' {
  const names = ifPossible(() => namesIn(folder));
  return names === undefined ? 'unknown' : new Set(names.map(comparable));
}

const noFolder = (path: string, isLink: boolean): Problem => ({
  code: isLink ? 'synth/linked-folder' : 'synth/foreign-file',
  message: isLink
    ? `${path} is a symbolic link, so nothing is written or removed through it`
    : `${path} is not a folder, so nothing is written below it`,
  suggestion: `put a folder in its place, or ${otherOutput}`,
});
