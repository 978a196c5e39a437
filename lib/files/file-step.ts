import {
  type BigIntStats,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  unlinkSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { ifPossible } from './call-problem.ts';
import type { MadeFolders } from './made-folders.ts';
import { changedFile, type FileChange, hasChanged, statusOf } from './replaceable.ts';
import { createTemporary, temporaryPath } from './temporary-file.ts';

/** One change, with what it needs to be carried out and taken back. */
export interface FileStep {
  readonly change: FileChange;
  readonly status: BigIntStats | undefined;
  /** Whether an earlier step changes the same path. */
  readonly isAgain: boolean;
  /** Temporary file with the new content. */
  staged?: string | undefined;
  /** Temporary file with the content before. */
  former?: string | undefined;
}

/** Writes the new content beside the file. */
export function stage(step: FileStep, folders: MadeFolders): void {
  const { path, content, mode, isReproducible = false } = step.change;
  if (content === undefined) {
    return;
  }
  const folder = dirname(path);
  folders.make(folder);
  step.staged = createTemporary(folder, {
    kind: 'content',
    content: typeof content === 'function' ? content() : content,
    like: step.status && ownerOf(step.status),
    mode,
    isSynced: !isReproducible,
  });
}

const ownerOf = ({ uid, gid, mode }: BigIntStats) => ({ uid: Number(uid), gid: Number(gid), mode: Number(mode) });

/** Gives what will be replaced a second name, so that taking it back needs no room on the disk. */
export function keepFormer(step: FileStep): void {
  const { path, content } = step.change;
  if (step.status === undefined || step.isAgain || content === undefined) {
    return;
  }
  const former = temporaryPath(dirname(path), 'former');
  step.former = former;
  try {
    linkSync(path, former);
  } catch {
    // Some file systems have no hard links.
    copyFileSync(path, former, constants.COPYFILE_EXCL);
  }
}

/** Puts the new content into its place. */
export function carryOut(step: FileStep): void {
  const { path, seen } = step.change;
  if (!step.isAgain && hasChanged(seen, statusOf(path))) {
    throw new PodhostError([changedFile(path)]);
  }
  if (step.staged !== undefined) {
    renameSync(step.staged, path);
    step.staged = undefined;
  } else if (step.status !== undefined) {
    const former = temporaryPath(dirname(path), 'former');
    renameSync(path, former);
    step.former = former;
  }
}

/** Names are on the disk before the names of the next folder change: a list of files is there before its files. */
export function syncBefore({ change: { path, isReproducible } }: FileStep, next: FileStep | undefined): void {
  const folder = dirname(path);
  if (isReproducible === true) {
    return;
  }
  if (next !== undefined && dirname(next.change.path) === folder) {
    return;
  }
  ifPossible(() => {
    const descriptor = openSync(folder, constants.O_RDONLY);
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** Removes what steps have written beside their files. */
export function removeTemporary(steps: readonly FileStep[]): void {
  const paths = steps.flatMap(({ staged, former }) => [staged, former]);
  for (const path of paths.filter((path) => path !== undefined)) {
    ifPossible(() => unlinkSync(path));
  }
}

/** @returns a problem when the file cannot be put back */
export function takeBack(step: FileStep): Problem[] {
  const { path } = step.change;
  if (step.isAgain) {
    return [];
  }
  const { former } = step;
  step.former = undefined;
  try {
    if (former === undefined) {
      unlinkSync(path);
    } else {
      renameSync(former, path);
    }
    return [];
  } catch {
    const message = `${path} could not be put back as it was`;
    return [{ code: 'file/not-restored', message, suggestion: former ? `take it from ${kept(former)}` : 'remove it' }];
  }
}

/** Under a name that the next run does not take for a leftover. */
function kept(former: string): string {
  const path = temporaryPath(dirname(former), 'kept');
  try {
    renameSync(former, path);
    return path;
  } catch {
    return former;
  }
}
