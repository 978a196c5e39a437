import { z } from 'zod';
import { versionSchema } from '../problems/problems-schema.ts';

const paths = (meaning: string) => z.array(z.string()).readonly().describe(meaning);

/** What `podhost synth --format json` prints. */
export const synthesisSchema = z.strictObject({
  version: versionSchema,
  output: z.string().describe('Output folder; all other paths are below it.'),
  list: z.string().describe('File that lists the files of the system.'),
  written: paths('Files that are new or have new content.'),
  removed: paths('Files that the system no longer has.'),
  adopted: paths('Generated files that were in no list until now.'),
  left: paths('Files that the system no longer has, and that stay because podhost did not write them.'),
  unchanged: z.int().min(0).describe('Number of files that were up to date.'),
});
