import { rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { ifPossible, onFile } from './call-problem.ts';
import { carryOut, type FileStep, keepFormer, removeTemporary, stage, syncBefore, takeBack } from './file-step.ts';
import { MadeFolders } from './made-folders.ts';
import { stampOf } from './present-file.ts';
import { type FileChange, refusedChange, statusOf } from './replaceable.ts';
import { removeLeftovers } from './temporary-file.ts';

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
  const begun: FileStep[] = [];
  const attempt = ({ change: { path, content } }: FileStep, work: () => void) =>
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
function planned(changes: readonly FileChange[]): FileStep[] {
  const earlier = new Map<string, FileStep>();
  const problems: Problem[] = [];
  const steps = changes.map((change): FileStep => {
    const first = earlier.get(change.path);
    if (first !== undefined) {
      return { change, status: first.status, isAgain: true };
    }
    const status = statusOf(change.path);
    const step: FileStep = { change, status, isAgain: false };
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

/** The error, with the files that are not as they were. */
function withLost(error: unknown, lost: readonly Problem[]): unknown {
  if (lost.length === 0) {
    return error;
  }
  const [first, ...others] = [...(error instanceof PodhostError ? error.problems : []), ...lost];
  return first === undefined ? error : new PodhostError([first, ...others], 3);
}
