import { join } from 'node:path';
import { changeFiles } from '../files/atomic-write.ts';
import { withFolderLock } from '../files/folder-lock.ts';
import type { FileChange } from '../files/replaceable.ts';
import { removeLeftovers } from '../files/temporary-file.ts';
import { isUpToDate, type OutputChanges, type OutputProps, outputChanges } from './output-changes.ts';
import { otherOutput } from './output-location.ts';
import { listFolder } from './output-path.ts';
import { listPath } from './owned-files.ts';

/**
 * Brings the output folder to what the files of a system say: all changes happen or none, and a killed run leaves each
 * file old or new. At each moment the list names every file of the system. Runs in one folder wait for each other.
 *
 * @returns what was done
 * @throws PodhostError with the folder as it was
 */
export function writeOutput(props: OutputProps): OutputChanges {
  const { output, system } = props;
  const changes = outputChanges(props);
  removeLeftovers(['', listFolder, ...changes.folders].map((folder) => join(output, folder)));
  if (isUpToDate(changes)) {
    return changes;
  }
  const lock = { folder: join(output, listFolder), title: output, otherwise: otherOutput };
  return withFolderLock(lock, () => {
    // Another run may have ended since.
    const found = outputChanges(props);
    const { write, remove, formerFolders, list } = found;
    const listChange = (content: string): FileChange => ({
      path: join(output, listPath(system)),
      content: content === '' ? undefined : content,
      seen: list.seen,
    });
    const files = [
      ...write.map(({ path, file, seen }) => ({
        path: join(output, path),
        content: () => file.content,
        seen,
        isReproducible: true,
      })),
      ...remove.map(({ path, seen }) => ({ path: join(output, path), content: undefined, seen })),
    ];
    changeFiles(list.during === list.before ? files : [listChange(list.during), ...files], {
      otherwise: otherOutput,
      emptied: formerFolders.map((folder) => join(output, folder)),
      ...(list.after !== list.during && { closing: listChange(list.after) }),
    });
    return found;
  });
}
