import { join } from 'node:path';
import { isGenerated } from '../files/generated-mark.ts';
import type { PathState } from '../files/present-file.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { otherSystems } from './other-systems.ts';
import { otherOutput } from './output-location.ts';
import { foldersOf } from './output-path.ts';
import { OutputTree } from './output-tree.ts';
import { type OwnedFiles, readOwnedFiles, renderList } from './owned-files.ts';
import type { RenderedFile } from './rendered-file.ts';

export interface OutputProps {
  /** The output folder. */
  readonly output: string;
  /** Name of the system that the files belong to. */
  readonly system: string;
  readonly files: readonly RenderedFile[];
}

/** What a run would do to the output folder. */
export interface OutputChanges {
  /** New files, and generated ones with other content. */
  readonly write: readonly (Written & Seen)[];
  /** Files that the system has made and makes no longer. */
  readonly remove: readonly ({ readonly path: string } & Seen)[];
  /** Paths of generated files that are in no list, as of an earlier version; they become the system's own. */
  readonly adopted: readonly string[];
  /** Paths that the system makes no longer, where something lies that it has not made. */
  readonly left: readonly string[];
  /** How many files are as they should be. */
  readonly unchanged: number;
  /** The folders below the output folder in which files of the system are or were. */
  readonly folders: readonly string[];
  /** Those of them in which none will be, the innermost first. */
  readonly formerFolders: readonly string[];
  /** The system's list of files. */
  readonly list: ListChange & Seen;
}

interface Seen {
  /** Stamp of the file as it is; undefined where there is none. */
  readonly seen: string | undefined;
}

interface Written {
  readonly path: string;
  /** Its content is made when it is asked for, so it is not here. */
  readonly file: RenderedFile;
}

interface ListChange {
  readonly before: string;
  /** While files change: what was the system's own before, and what will be. */
  readonly during: string;
  readonly after: string;
}

/** Whether there is nothing to do. */
export const isUpToDate = ({ write, remove, list }: OutputChanges): boolean =>
  write.length === 0 && remove.length === 0 && list.before === list.after;

const nothing = Buffer.alloc(0);

/** How much of a file is read to know whether it is generated. */
const headerBytes = 64;

/**
 * Compares the files of a system with what lies in the folder. Only the paths of these files and of the system's own
 * list are looked at.
 *
 * @throws PodhostError with every path that is taken by another system, by something that was not generated, or by a
 * link
 */
export function outputChanges({ output, system, files }: OutputProps): OutputChanges {
  const tree = new OutputTree(output);
  const owned = readOwnedFiles(tree, system);
  const own = owned.list?.paths ?? new Set<string>();
  const problems = new Set<Problem>();
  const taken: string[] = [];
  const write: (Written & Seen)[] = [];
  const adopted: string[] = [];
  for (const file of files) {
    const { path } = file;
    let content = nothing;
    const state = tree.look(path, () => {
      content = Buffer.from(file.content);
      return Math.max(content.length, headerBytes);
    });
    if (owned.others.has(path)) {
      taken.push(path);
    } else if ('code' in state) {
      problems.add(state);
    } else if (state.kind === 'absent') {
      write.push({ path, file, seen: undefined });
    } else {
      const isSame = state.kind === 'file' && state.bytes === content.length && state.start.equals(content);
      if (!isSame && !isOfPodhost(state, own.has(path))) {
        problems.add(foreignFile(join(output, path), state));
      } else if (!own.has(path)) {
        adopted.push(path);
      }
      if (!isSame) {
        write.push({ path, file, seen: state.kind === 'file' ? state.stamp : undefined });
      }
    }
  }
  const [first, ...others] = [...otherSystems({ output, system, taken, owned }), ...problems];
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
  const made = files.map(({ path }) => path);
  return {
    write,
    ...formerFiles(tree, made, owned),
    adopted,
    unchanged: files.length - write.length,
    ...foldersOfSystem(tree, own, made),
    list: {
      before: owned.list?.text ?? '',
      during: renderList([...own, ...made]),
      after: renderList(made),
      seen: owned.list?.stamp,
    },
  };
}

function foldersOfSystem(tree: OutputTree, own: Iterable<string>, made: readonly string[]) {
  const wanted = new Set(made.flatMap(foldersOf));
  const folders = [...new Set([...wanted, ...[...own].flatMap(foldersOf)])].filter(
    (folder) => tree.folder(folder) === 'folder',
  );
  return { folders, formerFolders: folders.filter((folder) => !wanted.has(folder)).reverse() };
}

/** What becomes of the files that the system has made and makes no longer. */
function formerFiles(tree: OutputTree, made: readonly string[], { list, others }: OwnedFiles) {
  const makes = new Set(made);
  const remove: ({ readonly path: string } & Seen)[] = [];
  const left: string[] = [];
  for (const path of list?.paths ?? []) {
    const state = makes.has(path) ? undefined : tree.look(path, () => headerBytes);
    if (state === undefined || ('kind' in state && state.kind === 'absent')) {
      continue;
    }
    if ('kind' in state && state.kind === 'file' && isOfPodhost(state, true) && !others.has(path)) {
      remove.push({ path, seen: state.stamp });
    } else {
      left.push(path);
    }
  }
  return { remove, left };
}

/** A file that the list names may be empty after a power failure: its content is not put on the disk at once. */
const isOfPodhost = (state: PathState, isListed: boolean): boolean =>
  state.kind === 'file' && ((isListed && state.bytes === 0) || isGenerated(state.start.toString('utf8')));

const foreignFile = (path: string, { kind }: PathState): Problem => ({
  code: kind === 'link' ? 'synth/linked-file' : 'synth/foreign-file',
  message:
    kind === 'link'
      ? `${path} is a symbolic link, so it is not overwritten`
      : `${path} was not generated by podhost, so it is not overwritten`,
  suggestion: `move it, or ${otherOutput}`,
});
