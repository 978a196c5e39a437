import { expect, test } from 'vitest';
import { githubFormat } from '../../../lib/lint/formats/github.ts';
import { everything, reportOf } from './report-of.ts';

test('each finding is a workflow command', () => {
  expect(githubFormat(reportOf(everything)).split('\n')).toEqual([
    '::error file=dist/a.yaml,line=7,col=3,title=no-bad-key::ConfigMap one has the key bad, which is "value"%0Awrite: good',
    '::warning file=dist/helm/my values%2C 50%25%3A new.yaml,line=1,col=1,title=require-domain::no domain%0ADo it right.',
    '::notice file=dist/x.yaml,line=2,col=11,title=require-domain::the domain is known only later (and one other place)',
    '::error title=lint/rule-failed::rule no-defect failed, the others ran: x is undefined',
    '',
  ]);
});

test('line ends, percent signs and what separates properties are escaped', () => {
  const report = reportOf(everything);
  const findings = report.result.findings.slice(0, 1).map((finding) => ({
    ...finding,
    message: '100%, a:b\r\nnext',
    suggestion: undefined,
    place: { file: 'a%\r\n:,.yaml', line: 1, column: 1 },
  }));
  expect(githubFormat({ ...report, result: { findings, suppressed: [], failures: [] } })).toBe(
    '::error file=a%25%0D%0A%3A%2C.yaml,line=1,col=1,title=no-bad-key::100%25, a:b%0D%0Anext\n',
  );
});

test('standard input has no file', () => {
  const report = reportOf({ '<stdin>': everything['dist/a.yaml'] }, { failures: [] });
  expect(githubFormat(report)).toMatch(/^::error title=no-bad-key::/);
});

test('a finding in rendered manifests is shown at the values that they come from', () => {
  const report = reportOf(everything);
  const findings = report.result.findings
    .slice(0, 1)
    .map((finding) => ({ ...finding, message: 'no domain', renderedFrom: 'v.yaml' }));
  expect(githubFormat({ ...report, result: { findings, suppressed: [], failures: [] } })).toContain(
    'file=v.yaml,line=1,col=1,title=no-bad-key::no domain (line 7 of the rendered manifests)',
  );
});
