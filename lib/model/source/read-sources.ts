import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import { globSync } from 'tinyglobby';
import { PodhostError } from '../../problems/podhost-error.ts';
import type { Problem } from '../../problems/problem.ts';

/** A file as text. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** Files that may hold manifests or values. */
const readable = '**/*.{yaml,yml,json}';

/**
 * Reads files, folders with all that lies below them, and globs; `-` is standard input.
 *
 * @throws PodhostError with every path that leads nowhere
 */
export function readSources(paths: readonly string[]): SourceText[] {
  const problems: Problem[] = [];
  const files = paths.flatMap((path) => {
    const found = filesAt(path);
    if (found.length === 0) {
      problems.push({
        code: 'read/no-file',
        message: existsSync(path) ? `${path} holds no .yaml, .yml or .json file` : `${path} does not exist`,
        suggestion: 'name files, folders or globs; - reads standard input',
      });
    }
    return found;
  });
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
  return [...new Set(files.map((file) => normalize(file)))].map((file) => ({
    file: file === '-' ? '<stdin>' : file,
    text: textOf(file),
  }));
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    throw new PodhostError([{ code: 'read/unreadable', message: `${file} cannot be read: ${because}` }]);
  }
}

function filesAt(path: string): string[] {
  if (path === '-') {
    return [path];
  }
  if (!existsSync(path)) {
    return globSync(path, { onlyFiles: true, absolute: isAbsolute(path) }).sort();
  }
  if (!statSync(path).isDirectory()) {
    return [path];
  }
  return globSync(readable, { cwd: path, onlyFiles: true, ignore: ['**/node_modules/**'] })
    .sort()
    .map((file) => join(path, file));
}
