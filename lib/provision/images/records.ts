import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../files/atomic-write.ts';
import { MadeFolders } from '../../files/made-folders.ts';
import { lookAt } from '../../files/present-file.ts';

const record = z.object({
  host: z.string(),
  dockerfile: z.string(),
  /** Digest of the folder that it was built from; undefined when it is unknown. */
  content: z.string().optional(),
  /** Image id of docker. */
  id: z.string(),
  /** Time at which an image with this id was first imported or pushed. */
  since: z.iso.datetime(),
});
const records = z.record(z.string(), record);

/** What an image was built from when it was last imported or pushed. */
export type ImageRecord = z.output<typeof record>;

/** Far above the records of any system. */
const maximumBytes = 16 * 1024 * 1024;

const fileOf = (stateFolder: string): string => join(stateFolder, 'images.json');

/** The records by image name. When the file cannot be read, images are built again. */
export function readImageRecords(stateFolder: string): Readonly<Record<string, ImageRecord>> {
  try {
    const state = lookAt(fileOf(stateFolder), maximumBytes);
    return state.kind === 'file' ? records.parse(JSON.parse(state.start.toString('utf8'))) : {};
  } catch {
    return {};
  }
}

/** Adds records with one atomic write, because several images may finish at the same time. */
export function keepImageRecords(stateFolder: string, added: Readonly<Record<string, ImageRecord>>): void {
  new MadeFolders({ mode: 0o700 }).make(stateFolder);
  const text = `${JSON.stringify({ ...readImageRecords(stateFolder), ...added }, null, 2)}\n`;
  writeFileAtomically(fileOf(stateFolder), text, 0o600);
}
