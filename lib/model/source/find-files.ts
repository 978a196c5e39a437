import { statSync } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { type FileFault, systemFault } from '../../files/file-fault.ts';
import { type ListFilesProps, listFiles, type PathFault } from '../../files/list-files.ts';

/** Files that may hold manifests or values. */
const readable = /\.(ya?ml|json)$/;

/** Folders that hold no manifests of a system; `.podhost` has the list of the files that `synth` wrote. */
const ignored = ['node_modules', '.git', '.podhost'];

const suggestion = 'name files, folders or globs; - reads standard input';

export interface FoundFiles {
  readonly files: readonly string[];
  /** What is left out because its name begins with a dot. */
  readonly hidden: readonly string[];
  readonly faults: readonly PathFault[];
}

/** How many files and entries of folders are looked at. */
export type FindLimits = Pick<ListFilesProps, 'maximumFiles' | 'maximumEntries'>;

/** The files that a path means: the file itself, all that a folder holds, or what matches a glob. */
export function findFiles(path: string, limits: FindLimits): FoundFiles {
  try {
    if (!statSync(path).isDirectory()) {
      return { files: [path], hidden: [], faults: [] };
    }
  } catch (error) {
    const fault = systemFault(path, error);
    return fault.kind === 'no-file' && picomatch.scan(path).isGlob
      ? matches(path, fault, limits)
      : without(path, fault.kind === 'no-file' ? { suggestion, ...fault } : fault);
  }
  const none: FileFault = { kind: 'no-file', reason: 'holds no .yaml, .yml or .json file', suggestion };
  return below(path, { path, fault: none }, { ...limits, ignored, isWanted: (file) => readable.test(file) });
}

function matches(glob: string, none: FileFault, limits: FindLimits): FoundFiles {
  const { base, glob: pattern } = picomatch.scan(glob);
  const isWanted = picomatch(pattern);
  const withHidden = /(^|\/)\./.test(pattern);
  const fault = { path: glob, fault: { suggestion, ...none } };
  return below(base === '' ? '.' : base, fault, { ...limits, ignored, withHidden, isWanted });
}

function below(folder: string, none: PathFault, props: ListFilesProps): FoundFiles {
  const { files, hidden, faults } = listFiles(folder, props);
  const named = (path: string) => join(folder, path);
  return {
    files: files.map(named),
    hidden: hidden.map(named),
    faults: files.length + faults.length === 0 ? [none] : faults,
  };
}

const without = (path: string, fault: FileFault): FoundFiles => ({ files: [], hidden: [], faults: [{ path, fault }] });
