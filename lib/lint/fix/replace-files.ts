import { lstatSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { changeFiles } from '../../files/atomic-write.ts';
import { ifPossible, onFile } from '../../files/call-problem.ts';
import { lookAt } from '../../files/present-file.ts';
import type { FileChange } from '../../files/replaceable.ts';
import { removeLeftovers } from '../../files/temporary-file.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import type { Problem } from '../../problems/problem.ts';
import type { FixedText } from './fixed-texts.ts';

/**
 * Replaces the content of files, all or none. Symbolic links to a file stay, and so do its permissions.
 *
 * @throws PodhostError when a file is not, byte for byte, what was read, or cannot be replaced; all files are then as
 * they were
 */
export function replaceFiles(texts: readonly Pick<FixedText, 'file' | 'before' | 'after'>[]): void {
  const changes = new Map<string, FileChange>();
  const problems = texts.flatMap(({ file, before, after }): Problem[] => {
    const { path, real } = onFile({ path: file, attempt: 'read' }, () => linked(file));
    const known = changes.get(real);
    if (known !== undefined) {
      return known.content === after ? [] : [fixedTwice(file, real)];
    }
    const bytes = Buffer.from(before);
    const state = onFile({ path: file, attempt: 'read' }, () => lookAt(path, bytes.length));
    // Bytes that are no UTF-8 were read as U+FFFD, and would be written as that.
    if (state.kind !== 'file' || state.bytes !== bytes.length || !state.start.equals(bytes)) {
      return [changedFile(file)];
    }
    changes.set(real, { path, content: after, seen: state.stamp });
    return [];
  });
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
  changeFiles([...changes.values()]);
}

/** Removes what killed runs have left beside files. */
export function removeLeftoversBeside(files: readonly string[]): void {
  removeLeftovers(new Set(files.map((file) => dirname(ifPossible(() => linked(file).path) ?? file))));
}

/** The file that a name leads to, by the name that was given where that is no link. */
function linked(file: string): { readonly path: string; readonly real: string } {
  const real = realpathSync(file);
  return { path: lstatSync(file).isSymbolicLink() ? real : file, real };
}

const changedFile = (file: string): Problem => ({
  code: 'lint/changed-file',
  message: `${file} is not what was read: it has changed since, or is not UTF-8, so nothing was fixed`,
  suggestion: 'save it as UTF-8 and run again',
});

const fixedTwice = (file: string, real: string): Problem => ({
  code: 'lint/fixed-twice',
  message: `${file} is another name of ${real}, and their fixes differ, so nothing was fixed`,
  suggestion: 'name the file once',
});
