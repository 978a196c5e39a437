import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sarifFormat } from '../../../lib/lint/formats/sarif.ts';
import { everything, reportOf } from './report-of.ts';

const schemaFile = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

/** The schema is of draft 4, of which it uses nothing that later drafts read otherwise. */
function sarifSchema() {
  const { $schema, id, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8'));
  return { $id: id, ...schema };
}

const isSarif = new Ajv({ strict: false, validateFormats: false, allErrors: true, unicodeRegExp: false }).compile(
  sarifSchema(),
);

const log = z.object({
  runs: z.tuple([
    z.object({
      tool: z.object({ driver: z.object({ rules: z.array(z.record(z.string(), z.unknown())) }) }),
      results: z.array(
        z.object({
          ruleId: z.string(),
          ruleIndex: z.number(),
          level: z.string(),
          locations: z.array(z.unknown()),
          partialFingerprints: z.object({ primaryLocationLineHash: z.string() }),
        }),
      ),
    }),
  ]),
});

const runOf = (files: Readonly<Record<string, string>>) => log.parse(JSON.parse(sarifFormat(reportOf(files)))).runs[0];

const fingerprintsOf = (files: Readonly<Record<string, string>>) =>
  runOf(files).results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);

describe('a log', () => {
  test.each([
    ['with everything', everything],
    ['without findings', {}],
    ['of standard input', { '<stdin>': everything['dist/a.yaml'] }],
    ['with a path outside of the folder', { '/srv/a b.yaml': everything['dist/a.yaml'] }],
  ])('%s is valid', (_, files) => {
    isSarif(JSON.parse(sarifFormat(reportOf(files))));
    expect(isSarif.errors).toBeNull();
  });

  test('names its rules, with help', () => {
    const [rule] = runOf(everything).tool.driver.rules;
    expect(rule).toMatchObject({
      id: 'no-bad-key',
      shortDescription: { text: 'Says something.' },
      defaultConfiguration: { level: 'error' },
      help: { text: 'It is wrong. It shows. Do it right.', markdown: expect.stringContaining('# no-bad-key') },
    });
  });

  test('has every finding at its place, but for suppressed ones', () => {
    const { results } = runOf(everything);
    expect(results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
      ['no-bad-key', 0, 'error'],
      ['require-domain', 1, 'warning'],
      ['require-domain', 1, 'note'],
    ]);
    expect(results.slice(0, 2).map(({ locations }) => locations)).toEqual([
      [
        {
          physicalLocation: { artifactLocation: { uri: 'dist/a.yaml' }, region: { startLine: 7, startColumn: 3 } },
        },
      ],
      [
        {
          physicalLocation: {
            artifactLocation: { uri: 'dist/helm/my%20values%2C%2050%25%3A%20new.yaml' },
            region: { startLine: 1, startColumn: 1 },
          },
        },
      ],
    ]);
  });
});

describe('fingerprints', () => {
  const file = everything['dist/a.yaml'];

  test('stay when lines come and go above', () => {
    expect(fingerprintsOf({ 'a.yaml': `# a\n# b\n${file}` })).toEqual(fingerprintsOf({ 'a.yaml': file }));
  });

  test('differ between files and between objects', () => {
    const prints = fingerprintsOf({ 'a.yaml': file, 'b.yaml': file.replace('name: one', 'name: three') });
    expect(new Set(prints).size).toBe(2);
  });

  test('of findings that are alike are numbered', () => {
    const prints = fingerprintsOf({ 'a.yaml': `${file}---\n${file}` });
    expect(prints.map((print) => print.split(':')[1])).toEqual(['1', '2']);
  });
});
