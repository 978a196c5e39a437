import { expect, test } from 'vitest';
import { jsonFormat } from '../../../lib/lint/formats/json.ts';
import { lintResultSchema } from '../../../lib/lint/formats/json-schema.ts';
import { everything, reportOf } from './report-of.ts';

test('programs get every finding with its place, and the counts', () => {
  const report = lintResultSchema.parse(JSON.parse(jsonFormat(reportOf(everything))));
  expect(report).toMatchObject({
    problems: [
      {
        code: 'lint/no-bad-key',
        rule: 'no-bad-key',
        level: 'error',
        message: 'ConfigMap one has the key bad, which is "value"',
        place: { file: 'dist/a.yaml', line: 7, column: 3 },
        suggestion: 'write: good',
        object: 'ConfigMap shop/one',
        fixable: true,
      },
      { code: 'lint/require-domain', level: 'warning', fixable: false },
      { code: 'lint/require-domain', level: 'note', repeats: 1 },
    ],
    suppressed: [{ code: 'lint/no-bad-key', reason: 'legacy' }],
    failures: [{ code: 'lint/rule-failed' }],
    counts: { errors: 1, warnings: 1, notes: 1, suppressed: 1, files: 5 },
  });
});

test('a clean run has the same shape', () => {
  expect(JSON.parse(jsonFormat(reportOf({}, { failures: [] })))).toEqual({
    version: 1,
    problems: [],
    suppressed: [],
    failures: [],
    counts: { errors: 0, warnings: 0, notes: 0, suppressed: 0, files: 0 },
  });
});
