import { z } from 'zod';
import { versionSchema } from '../problems/problems-schema.ts';

const reasonSchema = z.strictObject({
  code: z.string().describe('Stable, e.g. `wrong-attribute`.'),
  message: z.string().describe('One sentence.'),
});

const reasons = () => z.array(reasonSchema).readonly();

const containerSchema = z.strictObject({
  name: z.string(),
  language: z.string().describe('Language of its program, `unknown` where nothing shows it.'),
  evidence: z.string().optional().describe('What shows the language.'),
  skipped: reasonSchema.optional().describe('Why it is left alone.'),
  changes: reasons(),
  warnings: reasons(),
});

const objectSchema = z.strictObject({
  kind: z.string(),
  name: z.string(),
  namespace: z.string(),
  status: z
    .enum(['instrumented', 'already right', 'uninstrumented', 'unchanged', 'skipped'])
    .describe('`unchanged` by `--uninstrument`, where nothing was added before.'),
  skipped: reasonSchema.optional().describe('Why it is left alone.'),
  containers: z.array(containerSchema).readonly(),
  warnings: reasons(),
});

/** What `podhost instrument --format json` prints. */
export const instrumentReportSchema = z.strictObject({
  version: versionSchema,
  files: z
    .array(
      z.strictObject({
        file: z.string(),
        changed: z.boolean().describe('Whether the text differs from what was read.'),
        objects: z.array(objectSchema).readonly().describe('Objects with a pod template.'),
        others: z.number().min(0).describe('Objects without one.'),
      }),
    )
    .readonly(),
  warnings: reasons().describe('About the run as a whole.'),
});
