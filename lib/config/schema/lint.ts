import { z } from 'zod';
import { integer, textLike } from './scalars.ts';

/** Which rules exist is for the command to say: the configuration does not know them. */
const ruleId = () =>
  textLike(/^(require|no|unique|valid)-[a-z0-9-]+$/, 'the id of a rule, as `podhost lint --list` prints it');

export const lintSchema = z.strictObject({
  rules: z
    .record(ruleId(), z.enum(['error', 'warning', 'off']))
    .default({})
    .describe("Severity by rule. Default: each rule's own."),
  maxWarnings: integer(0, 1_000_000)
    .optional()
    .describe('Warnings that are accepted; one more fails the run. Default: any number.'),
});

export type LintConfig = z.output<typeof lintSchema>;
