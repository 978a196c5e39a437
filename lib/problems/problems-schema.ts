import { z } from 'zod';

/**
 * The JSON of a command, as it is published in `schema/` and documented in `docs/json.md`. A new key leaves the version as
 * it is; a key that is renamed, removed or given another meaning makes it one more.
 */
export const jsonVersion = 1;

export const versionSchema = z.literal(jsonVersion).describe('Version of this shape.');

export const placeSchema = z
  .strictObject({
    file: z.string().describe('Path as the command was given it, `<stdin>` for standard input.'),
    line: z.int().min(1).describe('Counts from 1.'),
    column: z.int().min(1).describe('Counts from 1.'),
  })
  .readonly();

export const problemSchema = z
  .strictObject({
    code: z.string().describe('Stable identifier, e.g. `config/unknown-key`.'),
    message: z.string().describe('What is wrong, one sentence without a full stop.'),
    details: z.array(z.string()).readonly().optional().describe('Lines that follow the message.'),
    place: placeSchema.optional().describe('Where it is written.'),
    suggestion: z.string().optional().describe('What to write or do instead.'),
    confidential: z.boolean().optional().describe('Whether the line holds a secret and must not be shown.'),
    level: z.enum(['error', 'warning']).optional().describe('Without the key: error.'),
  })
  .readonly();

/** What every command prints that cannot do its work, and what `podhost check` prints. */
export const problemsSchema = z.strictObject({
  version: versionSchema,
  problems: z.array(problemSchema).readonly().describe('All problems of the input; empty when there is none.'),
});
