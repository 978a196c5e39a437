import { describe, expect, test } from 'vitest';
import { exitStatus } from '../../lib/lint/lint-result.ts';
import type { Rule } from '../../lib/lint/rule.ts';
import { noBadKey, noDefect, requireDomain } from './support/fake-rules.ts';
import { badConfigMap, line, linted } from './support/linted.ts';

const values = 'global:\n  clusterName: c\n';
const openValues = "global:\n  domain: '$DOMAIN'\n";

test('findings stand in the order of the files and of their lines, with the severity of their rule', () => {
  const { result } = linted({
    'b.yaml': `${badConfigMap('two')}---\n${badConfigMap('three')}`,
    'a.yaml': values,
  });
  expect(result.findings.map(line)).toEqual([
    'b.yaml:7:3 error no-bad-key: ConfigMap two has the key bad, which is "value"',
    'b.yaml:15:3 error no-bad-key: ConfigMap three has the key bad, which is "value"',
    'a.yaml:1:1 warning require-domain: no domain',
  ]);
  expect(result.findings.map(({ object, suggestion }) => [object, suggestion])).toEqual([
    ['ConfigMap shop/two', 'write: good'],
    ['ConfigMap shop/three', 'write: good'],
    [undefined, 'Do it right.'],
  ]);
});

test('a clean system gives nothing', () => {
  const { result } = linted({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n' });
  expect(result).toEqual({ findings: [], suppressed: [], failures: [] });
  expect(exitStatus(result)).toBe(0);
});

describe('settings', () => {
  const files = { 'a.yaml': badConfigMap('one'), 'v.yaml': values };

  test('change a severity and switch a rule off', () => {
    const settings = { rules: { 'no-bad-key': 'warning', 'require-domain': 'off' } } as const;
    expect(linted(files, { settings }).result.findings.map(({ level, rule }) => [rule.id, level])).toEqual([
      ['no-bad-key', 'warning'],
    ]);
  });

  test('accept so many warnings and no more', () => {
    const { result } = linted(files, { settings: { rules: { 'no-bad-key': 'warning' } } });
    expect([undefined, 2, 1, 0].map((maximum) => exitStatus(result, maximum))).toEqual([0, 0, 1, 1]);
  });
});

test('what the model cannot tell is a note, told once, and fails nothing', () => {
  const { result } = linted({ 'a.yaml': openValues, 'b.yaml': openValues, 'c.yaml': openValues });
  expect(result.findings.map(line)).toEqual(['a.yaml:2:11 note require-domain: the domain is known only later']);
  expect(result.findings[0]).toMatchObject({ repeats: 2, suggestion: undefined });
  expect(exitStatus(result, 0)).toBe(0);
});

test('a rule with a defect is reported as such, and the others run', () => {
  const { result } = linted({ 'a.yaml': badConfigMap('one') }, { rules: [noDefect, noBadKey] });
  expect(result.findings).toHaveLength(1);
  expect(result.failures).toEqual([
    {
      code: 'lint/rule-failed',
      message: 'rule no-defect failed, the others ran: x is undefined',
      suggestion:
        'this is a defect in podhost: report it, and until then run: npm run podhost -- lint --rule no-defect=off',
    },
  ]);
  expect(exitStatus(result)).toBe(3);
});

test('a rule that says the same twice of one place is heard once', () => {
  const twice = {
    ...noBadKey,
    check: (model: Parameters<typeof noBadKey.check>[0]) => [...noBadKey.check(model), ...noBadKey.check(model)],
  };
  expect(linted({ 'a.yaml': badConfigMap('one') }, { rules: [twice, requireDomain] }).result.findings).toHaveLength(1);
});

test('a line that holds a secret is hidden from every finding in it, even when the secret is suppressed', () => {
  const noSecret: Rule = {
    ...noBadKey,
    id: 'no-secret',
    check: (model) => noBadKey.check(model).map((finding) => ({ ...finding, confidential: true })),
  };
  const hidden = (annotations: Readonly<Record<string, string>>) =>
    linted(
      { 'a.yaml': badConfigMap('one', annotations), 'b.yaml': values },
      { rules: [noBadKey, noSecret, requireDomain] },
    ).result.findings.map(({ rule, confidential }) => [rule.id, confidential]);
  expect(hidden({})).toEqual([
    ['no-bad-key', true],
    ['no-secret', true],
    ['require-domain', false],
  ]);
  expect(hidden({ 'podhost.dev/ignore-no-secret': 'a placeholder' })).toEqual([
    ['no-bad-key', true],
    ['require-domain', false],
  ]);
});
