import {
  type BigIntStats,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmdirSync,
  unlinkSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { ifPossible, onFile } from './call-problem.ts';
import { MadeFolders } from './made-folders.ts';
import { stampOf } from './present-file.ts';
import { changedFile, type FileChange, hasChanged, refusedChange, statusOf } from './replaceable.ts';
import { createTemporary, removeLeftovers, temporaryPath } from './temporary-file.ts';

export interface ChangeFilesProps {
  /**
   * What the user can name instead of a path that cannot be written.
   *
   * @default - nothing is proposed
   */
  readonly otherwise?: string;
  /**
   * Folders that are removed if they are empty then.
   *
   * @default - none
   */
  readonly emptied?: readonly string[];
  /**
   * A change for when all others are carried out and nothing temporary is left; it no longer takes them back.
   *
   * @default - none
   */
  readonly closing?: FileChange;
}

/** One change, with what it needs to be carried out and taken back. */
interface Step {
  readonly change: FileChange;
  readonly status: BigIntStats | undefined;
  /** Whether an earlier step changes the same path. */
  readonly isAgain: boolean;
  /** Temporary file with the new content. */
  staged?: string | undefined;
  /** Temporary file with the content before. */
  former?: string | undefined;
}

/**
 * Changes files in their order, all of them or none. New content is written beside its file, put on the disk
 * unless it can be made again, and renamed into place: whenever the process is killed, each file has its old or its new content.
 *
 * @throws PodhostError with every file that cannot be changed, or with what the file system refused; all files are
 * then as they were
 */
export function changeFiles(
  changes: readonly FileChange[],
  { otherwise, emptied = [], closing }: ChangeFilesProps = {},
): void {
  const steps = planned(closing === undefined ? changes : [...changes, closing]);
  const body = steps.slice(0, changes.length);
  const folders = new MadeFolders();
  const begun: Step[] = [];
  const attempt = ({ change: { path, content } }: Step, work: () => void) =>
    onFile({ path, attempt: content === undefined ? 'removed' : 'written', otherwise }, work);
  try {
    for (const step of steps) {
      attempt(step, () => stage(step, folders));
    }
    for (const step of body) {
      attempt(step, () => keepFormer(step));
    }
    for (const [index, step] of body.entries()) {
      attempt(step, () => carryOut(step));
      begun.push(step);
      syncBefore(step, body[index + 1]);
    }
  } catch (error) {
    const lost = begun.reverse().flatMap(takeBack);
    removeTemporary(steps);
    folders.takeBack();
    throw withLost(error, lost);
  }
  removeTemporary(body);
  for (const folder of emptied) {
    ifPossible(() => rmdirSync(folder));
  }
  for (const step of steps.slice(changes.length)) {
    try {
      attempt(step, () => carryOut(step));
    } finally {
      removeTemporary([step]);
    }
  }
}

/**
 * Replaces the content of one file, or creates it.
 *
 * @param mode permissions of a new file
 * @throws PodhostError when the file system refuses; the file is then as it was
 */
export function writeFileAtomically(path: string, content: string, mode?: number): void {
  removeLeftovers([dirname(path)]);
  const status = statusOf(path);
  changeFiles([{ path, content, seen: status && stampOf(status), mode }]);
}

/** @throws PodhostError with every change that is refused */
function planned(changes: readonly FileChange[]): Step[] {
  const earlier = new Map<string, Step>();
  const problems: Problem[] = [];
  const steps = changes.map((change): Step => {
    const first = earlier.get(change.path);
    if (first !== undefined) {
      return { change, status: first.status, isAgain: true };
    }
    const status = statusOf(change.path);
    const step: Step = { change, status, isAgain: false };
    earlier.set(change.path, step);
    const problem = refusedChange(change, status);
    problems.push(...(problem === undefined ? [] : [problem]));
    return step;
  });
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others], problems.some(({ code }) => code === 'file/read-only-file') ? 3 : 2);
  }
  return steps;
}

function stage(step: Step, folders: MadeFolders): void {
  const { path, content, mode, isReproducible = false } = step.change;
  if (content === undefined) {
    return;
  }
  const folder = dirname(path);
  folders.make(folder);
  step.staged = createTemporary(folder, {
    kind: 'content',
    content,
    like: step.status && ownerOf(step.status),
    mode,
    isSynced: !isReproducible,
  });
}

const ownerOf = ({ uid, gid, mode }: BigIntStats) => ({ uid: Number(uid), gid: Number(gid), mode: Number(mode) });

/** Gives what will be replaced a second name, so that taking it back needs no room on the disk. */
function keepFormer(step: Step): void {
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

function carryOut(step: Step): void {
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
function syncBefore({ change: { path, isReproducible } }: Step, next: Step | undefined): void {
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

function removeTemporary(steps: readonly Step[]): void {
  const paths = steps.flatMap(({ staged, former }) => [staged, former]);
  for (const path of paths.filter((path) => path !== undefined)) {
    ifPossible(() => unlinkSync(path));
  }
}

/** @returns a problem when the file cannot be put back */
function takeBack(step: Step): Problem[] {
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

/** The error, with the files that are not as they were. */
function withLost(error: unknown, lost: readonly Problem[]): unknown {
  if (lost.length === 0) {
    return error;
  }
  const [first, ...others] = [...(error instanceof PodhostError ? error.problems : []), ...lost];
  return first === undefined ? error : new PodhostError([first, ...others], 3);
}
