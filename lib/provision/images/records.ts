import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../files/atomic-write.ts';
import { MadeFolders } from '../../files/made-folders.ts';
import { lookAt } from '../../files/present-file.ts';

const record = z.object({
  host: z.string(),
  dockerfile: z.string(),
  /** Mark of the folder that it was built from; without it, it is built again. */
  content: z.string().optional(),
  /** Id that docker gave it. */
  id: z.string(),
  /** When an image with this id was brought there first. */
  since: z.iso.datetime(),
});
const records = z.record(z.string(), record);

/** What an image was built from when it was brought to the node last. */
export type ImageRecord = z.output<typeof record>;

/** Far above the records of any system. */
const maximumBytes = 16 * 1024 * 1024;

const fileOf = (stateFolder: string): string => join(stateFolder, 'images.json');

/** By name of the image. A file that cannot be read only means that images are built again. */
export function readImageRecords(stateFolder: string): Readonly<Record<string, ImageRecord>> {
  try {
    const state = lookAt(fileOf(stateFolder), maximumBytes);
    return state.kind === 'file' ? records.parse(JSON.parse(state.start.toString('utf8'))) : {};
  } catch {
    return {};
  }
}

/** Adds to what is kept, in one go: other images end at the same time. */
export function keepImageRecords(stateFolder: string, added: Readonly<Record<string, ImageRecord>>): void {
  new MadeFolders({ mode: 0o700 }).make(stateFolder);
  const text = `${JSON.stringify({ ...readImageRecords(stateFolder), ...added }, null, 2)}\n`;
  writeFileAtomically(fileOf(stateFolder), text, 0o600);
}
