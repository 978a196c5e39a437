import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DOMParser } from '@xmldom/xmldom';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable } from '../../lib/cli/printer.ts';
import { formats } from '../../lib/lint/formats/index.ts';
import type { Report } from '../../lib/lint/formats/report.ts';
import type { LintFinding } from '../../lib/lint/lint-finding.ts';
import { noBadKey } from '../lint/support/fake-rules.ts';
import { expectHarmless, hostileNames as text } from '../support/hostile.ts';
import { lineCount, place, problem, runs, sourceLines } from './arbitraries.ts';

const finding: fc.Arbitrary<LintFinding> = fc.record({
  rule: fc.constant(noBadKey),
  level: fc.constantFrom('error', 'warning', 'note'),
  message: text,
  place,
  suggestion: fc.option(text, { nil: undefined }),
  object: fc.option(text, { nil: undefined }),
  confidential: fc.boolean(),
  fix: fc.constant(undefined),
  repeats: fc.nat(2),
  renderedFrom: fc.option(text, { nil: undefined }),
});

const report: fc.Arbitrary<Report> = fc.record({
  result: fc.record({
    findings: fc.array(finding, { maxLength: 3 }),
    suppressed: fc.array(fc.record({ finding, reason: text }), { maxLength: 1 }),
    failures: fc.array(problem, { maxLength: 2 }),
  }),
  files: fc.array(text, { maxLength: 2 }),
  rules: fc.constant([noBadKey]),
  lines: sourceLines,
  colour: fc.constant(false),
});

const schemaFile = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const { $schema, id, ...sarifSchema } = JSON.parse(readFileSync(schemaFile, 'utf8'));
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile({
  $id: id,
  ...sarifSchema,
});

/** @throws Error when it is not well-formed */
const parsed = (xml: string) =>
  new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') {
        throw new Error(message);
      }
    },
  }).parseFromString(xml, 'text/xml');

describe('findings', () => {
  test.each(['json', 'sarif', 'junit', 'text'] as const)('as %s are harmless', (format) => {
    fc.assert(
      fc.property(report, (each) => {
        const written = formats[format](each);
        expectHarmless(printable(written, { colour: false }));
        if (format !== 'text') {
          expect(printable(written, { colour: false })).toBe(written);
        }
      }),
      runs,
    );
  });

  test('as annotations are one command each, with nothing else', () => {
    fc.assert(
      fc.property(report, (each) => {
        const written = formats.github(each);
        expect(printable(written, { colour: false, annotations: true })).toBe(written);
        expectHarmless(written, { annotations: true });
        const { findings, failures } = each.result;
        expect(
          written.match(/^::(?:error|warning|notice) (?:[a-z]+=[^,:]*(?:,(?=[^:])|(?=::)))+::/gm) ?? [],
        ).toHaveLength(findings.length + failures.length);
        expect(lineCount(written)).toBe(findings.length + failures.length + 1);
      }),
      runs,
    );
  });

  test('as SARIF are SARIF', () => {
    fc.assert(
      fc.property(report, (each) => {
        isSarif(JSON.parse(formats.sarif(each)));
        expect(isSarif.errors).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  test('as JUnit are XML with a test for each', () => {
    fc.assert(
      fc.property(report, (each) => {
        const document = parsed(formats.junit(each));
        const { findings, failures } = each.result;
        expect(document.getElementsByTagName('testcase').length).toBeGreaterThanOrEqual(
          findings.length + failures.length,
        );
        expect(document.getElementsByTagName('failure').length).toBe(
          findings.filter(({ level }) => level !== 'note').length,
        );
      }),
      runs,
    );
  });
});
