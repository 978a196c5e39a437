import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import type { RenderedFile } from './rendered-file.ts';

/** Folder of the output with a list of files a system, hidden, and without manifests. */
export const listFolder = '.podhost';

/** Whether a text is a path below a folder, written in the one way in which it is listed. */
export const isOutputPath = (path: string): boolean =>
  !/\\|[^ -~\u00a0-\uffff]/.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part));

/** The folders that a path leads through, the outermost first. */
export function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/**
 * Refuses files that would not lie in the output folder, or in each other's place.
 *
 * @throws PodhostError with all of them
 */
export function assertOutputPaths(files: readonly RenderedFile[]): void {
  const seen = new Set<string>();
  const problems = files.flatMap(({ path }): Problem[] => {
    if (!isOutputPath(path) || path === listFolder || path.startsWith(`${listFolder}/`)) {
      return [badPath(path)];
    }
    const isRepeated = seen.has(path);
    seen.add(path);
    return isRepeated ? [repeatedPath(path)] : [];
  });
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
}

const badPath = (path: string): Problem => ({
  code: 'synth/bad-path',
  message: `${JSON.stringify(path)} is no path of a file in the output folder`,
  suggestion: `name a path below the folder, outside ${listFolder}, with / between its parts`,
});

const repeatedPath = (path: string): Problem => ({
  code: 'synth/repeated-file',
  message: `the app writes two files to ${path}`,
  suggestion: 'give one of them another id or folder',
});
