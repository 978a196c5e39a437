import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onFile } from '../files/call-problem.ts';
import { generatedHeader, isGenerated } from '../files/generated-mark.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { otherOutput } from './output-location.ts';
import { isOutputPath, listFolder } from './output-path.ts';
import type { OutputTree } from './output-tree.ts';

/** Whose the files of an output folder are, by the lists in it. */
export interface OwnedFiles {
  /** The list of the system itself; without one it has written nothing there. */
  readonly list?: FileList;
  /** Name of another system by path of its file. */
  readonly others: ReadonlyMap<string, string>;
}

export interface FileList {
  readonly text: string;
  readonly paths: ReadonlySet<string>;
  /** Stamp of the file. */
  readonly stamp: string;
}

/** Far above the list of any real system, and read in no time. */
const maximumBytes = 16 * 1024 * 1024;

/** What git writes between the two sides of a conflict. A list with both sides names what either may own. */
const conflictMark = /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/;

/**
 * Path of a system's list. It has no extension, so that neither kubectl nor a GitOps tool reads it.
 *
 * @param system name without a dot
 */
export const listPath = (system: string): string => `${listFolder}/${system}`;

/** The list of these files; empty for none. */
export const renderList = (paths: Iterable<string>): string => {
  const lines = [...new Set(paths)].sort();
  return lines.length === 0 ? '' : `${generatedHeader}${lines.join('\n')}\n`;
};

/**
 * Reads all lists of an output folder.
 *
 * @throws PodhostError with every list that cannot be understood, because the owner of a file is unknown then
 */
export function readOwnedFiles(tree: OutputTree, system: string): OwnedFiles {
  const problems: Problem[] = [];
  const others = new Map<string, string>();
  let own: FileList | undefined;
  for (const name of listNames(tree)) {
    const list = readList(tree, name);
    if ('code' in list) {
      problems.push(list);
    } else if (name === system) {
      own = list;
    } else {
      for (const path of list.paths) {
        others.set(path, name);
      }
    }
  }
  const [first, ...rest] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...rest]);
  }
  return { ...(own && { list: own }), others };
}

/** Hidden files are what a run leaves when it is killed, or what a file manager puts everywhere. */
function listNames(tree: OutputTree): string[] {
  const state = tree.folder(listFolder);
  if (state === 'absent') {
    return [];
  }
  if (state !== 'folder') {
    throw new PodhostError([state]);
  }
  const folder = join(tree.output, listFolder);
  const names = onFile({ path: folder, attempt: 'read', otherwise: otherOutput }, () => readdirSync(folder));
  return names.filter((name) => !name.startsWith('.')).sort();
}

function readList(tree: OutputTree, name: string): FileList | Problem {
  const state = tree.look(listPath(name), () => maximumBytes);
  if ('code' in state) {
    return state;
  }
  const file = join(tree.output, listPath(name));
  const text = state.kind === 'file' && state.bytes <= maximumBytes ? state.start.toString('utf8') : '';
  if (state.kind !== 'file' || !isGenerated(text)) {
    return badList(`${file} is no list of files that podhost has written`, 'move it to another folder');
  }
  const [, ...lines] = text.split(/\r?\n/);
  const paths = lines.filter((line) => line !== '' && !isGenerated(line) && !conflictMark.test(line));
  const bad = paths.find((path) => !isOutputPath(path));
  if (bad !== undefined) {
    const suggestion = 'restore the list from git, or remove that line';
    const place = { file, line: lines.indexOf(bad) + 2, column: 1 };
    return { ...badList(`${JSON.stringify(bad)} is no path below the output folder`, suggestion), place };
  }
  return { text, paths: new Set(paths), stamp: state.stamp };
}

const badList = (message: string, suggestion: string): Problem => ({ code: 'synth/bad-list', message, suggestion });
