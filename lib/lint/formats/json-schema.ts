import { z } from 'zod';
import { coverageSchema } from '../../model/coverage-schema.ts';
import { placeSchema, problemSchema, versionSchema } from '../../problems/problems-schema.ts';

const count = () => z.int().min(0);

const findingSchema = z.strictObject({
  code: z.string().describe('`lint/` and the id of the rule.'),
  rule: z.string().describe('Id of the rule: its page is `docs/rules/ID.md`.'),
  level: z.enum(['error', 'warning', 'note']).describe('A note fails no run: the model cannot tell.'),
  message: z.string().describe('What is wrong, one sentence without a full stop.'),
  place: placeSchema.describe('Where it is written.'),
  suggestion: z.string().optional().describe('What to write or do instead.'),
  object: z.string().optional().describe('The object that it is about, e.g. `Deployment shop/api-gateway`.'),
  repeats: count().describe('At how many other places the same note was not reported again.'),
  renderedFrom: z.string().optional().describe('Values file whose rendered manifests it was found in.'),
  fixable: z.boolean().describe('Whether `--fix` changes it.'),
});

/** What `podhost lint --format json` prints. */
export const lintResultSchema = z.strictObject({
  version: versionSchema,
  problems: z.array(findingSchema).readonly().describe('Findings, in the order of files and lines.'),
  suppressed: z
    .array(findingSchema.extend({ reason: z.string().describe('What the suppression gives as its reason.') }))
    .readonly()
    .describe('Findings that a comment or an annotation suppresses.'),
  failures: z.array(problemSchema).readonly().describe('What kept the run from being complete.'),
  counts: z
    .strictObject({
      errors: count(),
      warnings: count(),
      notes: count(),
      suppressed: count(),
      files: count().describe('Files that were read.'),
    })
    .describe('Findings by level.'),
  coverage: coverageSchema.optional(),
});

/** What `podhost lint --list --format json` prints. */
export const ruleListSchema = z.strictObject({
  version: versionSchema,
  rules: z
    .array(
      z.strictObject({
        id: z.string(),
        severity: z.enum(['error', 'warning']).describe('Where the configuration does not set another.'),
        summary: z.string().describe('What it reports, one sentence.'),
      }),
    )
    .readonly()
    .describe('Every rule of lint.'),
});
