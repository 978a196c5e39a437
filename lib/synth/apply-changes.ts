import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { OutputChanges } from './output-changes.ts';

/**
 * Writes and removes files so that either all changes happen or none: everything is written beside the folder first
 * and then moved into place; when a move fails, those before it are taken back.
 *
 * @throws Error of the file system, with the folder as it was
 */
export function applyChanges(output: string, { write, remove }: OutputChanges): void {
  if (write.length === 0 && remove.length === 0) {
    return;
  }
  const folder = resolve(output);
  mkdirSync(dirname(folder), { recursive: true });
  const staging = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
  const undo: (() => void)[] = [];
  try {
    const staged = write.map(({ path, content }, index) => {
      const file = join(staging, `new-${index}`);
      writeFileSync(file, content);
      return { file, target: join(folder, path) };
    });
    const putAside = (target: string) => {
      if (existsSync(target)) {
        const backup = join(staging, `old-${undo.length}`);
        renameSync(target, backup);
        undo.push(() => renameSync(backup, target));
      }
    };
    for (const { file, target } of staged) {
      makeFolder(dirname(target), undo);
      putAside(target);
      renameSync(file, target);
      undo.push(() => rmSync(target));
    }
    for (const path of remove) {
      putAside(join(folder, path));
    }
  } catch (error) {
    for (const step of undo.reverse()) {
      step();
    }
    throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function makeFolder(folder: string, undo: (() => void)[]): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first !== undefined) {
    undo.push(() => rmSync(first, { recursive: true }));
  }
}
