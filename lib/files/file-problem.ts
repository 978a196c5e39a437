import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import type { Problem } from '../problems/problem.ts';
import { causeOf, isOfFiles } from './error-cause.ts';

/** Why a file or a folder was not read. */
export interface FileProblem {
  readonly kind: 'no-file' | 'not-a-file' | 'too-large' | 'unreadable' | 'encoding';
  /** Completes a sentence that begins with the name of the file, e.g. `does not exist`. */
  readonly reason: string;
  /** @default - there is no single right answer */
  readonly suggestion?: string;
  /**
   * Where in the file it shows. Line and column count from 1.
   *
   * @default - the problem is one of the whole file
   */
  readonly position?: { readonly line: number; readonly column: number };
}

/** The problem as a problem of an area, e.g. `config/no-file`. */
export const fileProblem = (area: string, file: string, problem: FileProblem): Problem => ({
  code: `${area}/${problem.kind}`,
  message: `${file} ${problem.reason}`,
  ...(problem.position === undefined ? {} : { place: { file, ...problem.position } }),
  ...(problem.suggestion === undefined ? {} : { suggestion: problem.suggestion }),
});

/**
 * What something is that is not a regular file; undefined when it is one.
 *
 * @param wanted what it should be, e.g. `a configuration file`
 */
export function notAFile(status: Stats, wanted?: string): FileProblem | undefined {
  if (status.isFile()) {
    return undefined;
  }
  const kind = 'not-a-file';
  const instead = wanted === undefined ? '' : `, not ${wanted}`;
  if (status.isDirectory()) {
    return { kind, reason: `is a folder${instead}`, suggestion: 'name a file inside it' };
  }
  if (status.isFIFO()) {
    const suggestion = 'write what comes out of it to a file, and name that';
    return { kind, reason: `is a named pipe${instead}`, suggestion };
  }
  return { kind, reason: `is a ${status.isSocket() ? 'socket' : 'device'}${instead}` };
}

/** Why the operating system did not let a file be read. */
export function fileSystemProblem(path: string, error: unknown): FileProblem {
  if (!isOfFiles(error)) {
    return { kind: 'unreadable', reason: `cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  const { isOfPath, reason, whenRead, readRemedy, remedy } = causeOf(error) ?? {};
  const target = error.code === 'ENOENT' ? targetOf(path) : undefined;
  const failed = `cannot be read: ${reason ?? 'the system call failed'} (${error.syscall}: ${error.code})`;
  const suggestion = readRemedy?.(path) ?? remedy;
  return {
    kind: isOfPath === true ? 'no-file' : 'unreadable',
    reason: target === undefined ? (whenRead ?? failed) : `links to ${target}, which does not exist`,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function targetOf(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch {
    return undefined;
  }
}
