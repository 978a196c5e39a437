import { normalize } from 'node:path';
import { fileProblem } from '../../files/file-problem.ts';
import { readText } from '../../files/read-text.ts';
import { readStandardInput } from '../../files/standard-input.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import type { Problem } from '../../problems/problem.ts';
import { type FindLimits, findFiles } from './find-files.ts';

/** A file as text. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** What is read at most. */
export interface SourceLimits extends FindLimits {
  /** Bytes of one file, or of standard input. */
  readonly maximumBytes: number;
  /** Characters of all files together. */
  readonly maximumCharacters: number;
}

export interface ReadSourcesProps {
  /** @default - `sourceLimits` */
  readonly limits?: Partial<SourceLimits>;
  /**
   * Is told what lies in a folder and is left out.
   *
   * @default - nobody is
   */
  readonly note?: (line: string) => void;
}

const mebibyte = 1024 * 1024;

/** Far above any system: a thousand workloads with all their ConfigMaps have less than 10 MiB. */
export const sourceLimits: SourceLimits = {
  maximumBytes: 64 * mebibyte,
  maximumCharacters: 128 * mebibyte,
  maximumFiles: 20_000,
  maximumEntries: 500_000,
};

/**
 * Reads files, folders with all that lies below them, and globs; `-` is standard input.
 *
 * @throws PodhostError with everything that cannot be read
 */
export function readSources(paths: readonly string[], { limits, note }: ReadSourcesProps = {}): SourceText[] {
  const all = { ...sourceLimits, ...limits };
  const problems: Problem[] = [];
  const files = paths.flatMap((path) => (path === '-' ? [path] : filesAt(path, all, problems, note)));
  const sources = readAll([...new Set(files.map((file) => normalize(file)))], all, problems);
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
  return sources;
}

function filesAt(
  path: string,
  limits: FindLimits,
  problems: Problem[],
  note: ReadSourcesProps['note'],
): readonly string[] {
  const { files, hidden, problems: found } = findFiles(path, limits);
  for (const { path: where, problem } of found) {
    problems.push(fileProblem('read', where, problem));
  }
  if (hidden.length > 0) {
    note?.(`not read, for the names begin with a dot: ${abridged(hidden)}`);
  }
  return files;
}

const abridged = (names: readonly string[]): string =>
  names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : names.join(', ');

function readAll(files: readonly string[], limits: SourceLimits, problems: Problem[]): SourceText[] {
  // What is mended is compared with the file byte for byte.
  const props = { maximumBytes: limits.maximumBytes, wanted: 'a regular file', keepByteOrderMark: true };
  const sources: SourceText[] = [];
  let characters = 0;
  for (const path of files) {
    const file = path === '-' ? '<stdin>' : path;
    const read = path === '-' ? readStandardInput(props) : readText(path, props);
    if ('problem' in read) {
      problems.push(fileProblem('read', file, read.problem));
      continue;
    }
    characters += read.text.length;
    if (characters > limits.maximumCharacters) {
      const message = `the files up to ${file} have more than ${limits.maximumCharacters} characters together`;
      problems.push({ code: 'read/too-large', message, suggestion: 'name fewer files in one run' });
      break;
    }
    sources.push({ file, text: read.text });
  }
  return sources;
}
