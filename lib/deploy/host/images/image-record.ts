import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readText } from '../../../files/read-text.ts';

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

/** Far more than the images of any system take. */
const maximumBytes = 16 * 1024 * 1024;

const fileOf = (stateFolder: string): string => join(stateFolder, 'images.json');

/** By name of the image. A file that cannot be read only means that images are built again. */
export function readImageRecords(stateFolder: string): Readonly<Record<string, ImageRecord>> {
  const read = readText(fileOf(stateFolder), { maximumBytes });
  try {
    return 'text' in read ? records.parse(JSON.parse(read.text)) : {};
  } catch {
    return {};
  }
}

/** Adds to what is kept, in one go: other images end at the same time. */
export function keepImageRecords(stateFolder: string, added: Readonly<Record<string, ImageRecord>>): void {
  const file = fileOf(stateFolder);
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify({ ...readImageRecords(stateFolder), ...added }, null, 2)}\n`, {
    mode: 0o600,
  });
  renameSync(`${file}.new`, file);
}
