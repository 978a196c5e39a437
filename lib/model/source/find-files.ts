import { statSync } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { podhost } from '../../command-name.ts';
import { type FileProblem, fileSystemProblem } from '../../files/file-problem.ts';
import { type ListFilesProps, listFiles, type PathProblem } from '../../files/list-files.ts';

/** Files that may hold manifests or values. */
const readable = /(\.(ya?ml|json)|(^|\/)Chart\.lock)$/;

/** Folders that hold no manifests of a system; `.podhost` has the list of the files that `synth` wrote. */
const ignored = ['node_modules', '.git', '.podhost'];

const suggestion = 'name files, folders or globs; - reads standard input';

/** Without paths the output is read, which `synth` writes. */
const suggestionFor = (path: string): string =>
  path === 'dist' ? `run: ${podhost} synth, which writes it, or ${suggestion}` : suggestion;

export interface FoundFiles {
  readonly files: readonly string[];
  /** What is left out because its name begins with a dot. */
  readonly hidden: readonly string[];
  readonly problems: readonly PathProblem[];
}

/** How many files and entries of folders are looked at. */
export type FindLimits = Pick<ListFilesProps, 'maximumFiles' | 'maximumEntries'>;

/** The files that a path means: the file itself, all that a folder holds, or what matches a glob. */
export function findFiles(path: string, limits: FindLimits): FoundFiles {
  try {
    if (!statSync(path).isDirectory()) {
      return { files: [path], hidden: [], problems: [] };
    }
  } catch (error) {
    const problem = fileSystemProblem(path, error);
    return problem.kind === 'no-file' && picomatch.scan(path).isGlob
      ? matches(path, problem, limits)
      : without(path, problem.kind === 'no-file' ? { suggestion: suggestionFor(path), ...problem } : problem);
  }
  const none: FileProblem = { kind: 'no-file', reason: 'holds no .yaml, .yml or .json file', suggestion };
  return below(path, { path, problem: none }, { ...limits, ignored, isWanted: (file) => readable.test(file) });
}

function matches(glob: string, none: FileProblem, limits: FindLimits): FoundFiles {
  const { base, glob: pattern } = picomatch.scan(glob);
  const isWanted = picomatch(pattern);
  const withHidden = /(^|\/)\./.test(pattern);
  const problem = { path: glob, problem: { suggestion, ...none } };
  return below(base === '' ? '.' : base, problem, { ...limits, ignored, withHidden, isWanted });
}

function below(folder: string, none: PathProblem, props: ListFilesProps): FoundFiles {
  const { files, hidden, problems } = listFiles(folder, props);
  const named = (path: string) => join(folder, path);
  return {
    files: files.map(named),
    hidden: hidden.map(named),
    problems: files.length + problems.length === 0 ? [none] : problems,
  };
}

const without = (path: string, problem: FileProblem): FoundFiles => ({
  files: [],
  hidden: [],
  problems: [{ path, problem }],
});
