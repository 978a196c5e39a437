import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { explanationSchema } from '../lib/explain/json.ts';
import { forecastReportSchema } from '../lib/forecast/json.ts';
import { instrumentReportSchema } from '../lib/instrument/json-schema.ts';
import { inventorySchema } from '../lib/inventory/json.ts';
import { lintResultSchema, ruleListSchema } from '../lib/lint/formats/json-schema.ts';
import { problemsSchema } from '../lib/problems/problems-schema.ts';
import { synthesisSchema } from '../lib/synth/json-schema.ts';
import { verificationSchema } from '../lib/verify/output/json.ts';
import { capturedRun } from './cli/captured-run.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const plan = 'test/lint/fixtures/plan/deployment/kubernetes';

const cases: readonly (readonly [command: string, name: string, schema: z.ZodType])[] = [
  ['check', 'problems', problemsSchema],
  ['check --config no-such-file.yaml', 'problems', problemsSchema],
  ['lint no-such-folder', 'problems', problemsSchema],
  [`explain nobody ${plan}`, 'problems', problemsSchema],
  ['synth --output OUTPUT', 'synth', synthesisSchema],
  ['lint dist', 'lint', lintResultSchema],
  [`lint ${plan}`, 'lint', lintResultSchema],
  ['lint --list', 'lint-rules', ruleListSchema],
  ['explain api-gateway dist', 'explain', explanationSchema],
  [`explain api-gateway ${plan}`, 'explain', explanationSchema],
  ['forecast dist --config config/dataprime-demo.yaml', 'forecast', forecastReportSchema],
  [`forecast ${plan}`, 'forecast', forecastReportSchema],
  ['collectors dist', 'collectors', inventorySchema],
  [`collectors ${plan}`, 'collectors', inventorySchema],
  ['instrument dist', 'instrument', instrumentReportSchema],
  [`instrument ${plan}`, 'instrument', instrumentReportSchema],
  ['verify dist --no-cluster --no-coralogix', 'verify', verificationSchema],
  [`verify ${plan} --no-cluster --no-coralogix`, 'verify', verificationSchema],
];

test.each(cases)(
  'podhost %s --format json prints schema/%s.schema.json and no other key',
  async (command, name, schema) => {
    const { stdout } = await capturedRun(
      ...command.replace('OUTPUT', temporaryFolder()).split(' '),
      '--format',
      'json',
    );
    const printed: unknown = JSON.parse(stdout);
    const published = new Ajv2020({ strict: true }).compile(
      JSON.parse(readFileSync(`schema/${name}.schema.json`, 'utf8')),
    );
    expect(published(printed), JSON.stringify(published.errors)).toBe(true);
    expect(schema.safeParse(printed).error?.issues).toBeUndefined();
  },
);
