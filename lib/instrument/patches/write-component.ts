import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { changeFiles } from '../../files/atomic-write.ts';
import { onFile } from '../../files/call-problem.ts';
import { stampOf } from '../../files/present-file.ts';
import { type FileChange, statusOf } from '../../files/replaceable.ts';
import { removeLeftovers } from '../../files/temporary-file.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import { type ComponentFile, componentMark } from './component.ts';

/** A file of the folder that is not what it would be. */
export interface ComponentChange {
  readonly path: string;
  readonly kind: 'new' | 'changed' | 'removed';
}

/**
 * Makes the folder of a component hold these files. Files that podhost did not write stay.
 *
 * @param writes whether anything is written
 * @returns what changes
 * @throws PodhostError when a file with one of the names is somebody else's, or the file system refuses
 */
export function writeComponent(folder: string, files: readonly ComponentFile[], writes: boolean): ComponentChange[] {
  const present = ownFiles(folder, files);
  const changes: ComponentChange[] = [];
  const planned: FileChange[] = [];
  const plan = (path: string, content: string | undefined, kind: ComponentChange['kind']) => {
    const status = statusOf(path);
    changes.push({ path, kind });
    planned.push({ path, content, seen: status && stampOf(status) });
  };
  for (const { name, content } of files) {
    const before = present.get(name);
    if (before !== content) {
      plan(join(folder, name), content, before === undefined ? 'new' : 'changed');
    }
  }
  for (const name of present.keys()) {
    if (!files.some((file) => file.name === name)) {
      plan(join(folder, name), undefined, 'removed');
    }
  }
  if (writes && planned.length > 0) {
    removeLeftovers([folder]);
    changeFiles(planned, { otherwise: '--patches' });
  }
  return changes;
}

/** The files that podhost wrote there before, by name. */
function ownFiles(folder: string, files: readonly ComponentFile[]): ReadonlyMap<string, string> {
  if (!existsSync(folder)) {
    return new Map();
  }
  const names = onFile({ path: folder, attempt: 'read' }, () => readdirSync(folder));
  const own = new Map<string, string>();
  for (const name of names.filter((candidate) => candidate.endsWith('.yaml'))) {
    const path = join(folder, name);
    const text = statSync(path).isFile() ? onFile({ path, attempt: 'read' }, () => readFileSync(path, 'utf8')) : '';
    if (text.startsWith(componentMark)) {
      own.set(name, text);
    } else if (files.some((file) => file.name === name)) {
      const message = `${path} was not written by podhost, so it is not replaced`;
      throw new PodhostError([{ code: 'instrument/foreign-file', message, suggestion: 'name another folder' }]);
    }
  }
  return own;
}
