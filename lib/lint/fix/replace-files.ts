import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PodhostError } from '../../problems/podhost-error.ts';
import type { Problem } from '../../problems/problem.ts';
import type { FixedText } from './fixed-texts.ts';

/**
 * Replaces the content of files, all or none: everything is written beside them first and then moved into place; when
 * a move fails, those before it are taken back.
 *
 * @throws PodhostError when a file is not, byte for byte, what was read
 * @throws Error of the file system, with the files as they were
 */
export function replaceFiles(texts: readonly FixedText[]): void {
  const [first, ...others] = texts.flatMap(changedSince);
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
  const moves = texts.map(({ file, before, after }) => {
    const target = realpathSync(file);
    return { target, staged: join(dirname(target), `.${basename(target)}.podhost-new`), before, after };
  });
  const replaced: (typeof moves)[number][] = [];
  try {
    for (const { target, staged, after } of moves) {
      writeFileSync(staged, after);
      chmodSync(staged, statSync(target).mode);
    }
    for (const move of moves) {
      renameSync(move.staged, move.target);
      replaced.push(move);
    }
  } catch (error) {
    for (const { target, before } of replaced) {
      writeFileSync(target, before);
    }
    throw error;
  } finally {
    for (const { staged } of moves) {
      rmSync(staged, { force: true });
    }
  }
}

/** Bytes that are no UTF-8 were read as U+FFFD, and would be written as that. */
function changedSince({ file, before }: FixedText): Problem[] {
  return readFileSync(file).equals(Buffer.from(before))
    ? []
    : [
        {
          code: 'lint/changed-file',
          message: `${file} is not what was read: it has changed since, or is not UTF-8, so nothing was fixed`,
          suggestion: 'save it as UTF-8 and run again',
        },
      ];
}
