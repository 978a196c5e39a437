import { expect, test } from 'vitest';
import { textFormat } from '../../../lib/lint/formats/text.ts';
import { everything, reportOf } from './report-of.ts';

test('each finding has its line, a caret and what to write', () => {
  expect(textFormat(reportOf(everything))).toMatchInlineSnapshot(`
    "dist/a.yaml:7:3 error: ConfigMap one has the key bad, which is "value" [no-bad-key]
      7 |   bad: value
        |   ^
      write: good

    dist/helm/my values, 50%: new.yaml:1:1 warning: no domain [require-domain]
      1 | global:
        | ^
      Do it right.

    dist/x.yaml:2:11 cannot tell: the domain is known only later (and one other place) [require-domain]
      2 |   domain: '$DOMAIN'
        |           ^

    rule no-defect failed, the others ran: x is undefined [lint/rule-failed]
      this is a defect in podhost: report it, and until then run: npm run podhost -- lint --rule no-defect=off

    "
  `);
});

test('a run without findings says nothing', () => {
  expect(textFormat(reportOf({}, { failures: [] }))).toBe('');
});

test('colour tells the levels apart', () => {
  const text = textFormat({ ...reportOf(everything), colour: true });
  expect(text).toContain('\u001b[31merror: ConfigMap one');
  expect(text).toContain('\u001b[33mwarning: no domain');
  expect(text).toContain('\u001b[36mcannot tell: the domain');
});

test('the line of a confidential finding is not shown', () => {
  const report = reportOf(everything);
  const findings = report.result.findings.slice(0, 1).map((finding) => ({ ...finding, confidential: true }));
  const text = textFormat({ ...report, result: { findings, suppressed: [], failures: [] } });
  expect(text).not.toContain('bad: value');
  expect(text).toContain('dist/a.yaml:7:3 error');
});

test('what was found in rendered manifests shows their line and names the values', () => {
  const report = reportOf(everything);
  const place = { file: 'v.yaml (rendered)', line: 2, column: 1 };
  const findings = report.result.findings.slice(0, 1).map((finding) => ({ ...finding, place, renderedFrom: 'v.yaml' }));
  const lines = () => ['first', 'second'];
  expect(textFormat({ ...report, lines, result: { findings, suppressed: [], failures: [] } })).toMatchInlineSnapshot(`
    "v.yaml (rendered):2:1 error: ConfigMap one has the key bad, which is "value" [no-bad-key]
      2 | second
        | ^
      write: good

    "
  `);
});
