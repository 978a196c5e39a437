import { describe, expect, test } from 'vitest';
import { badConfigMap, line, linted } from './support/linted.ts';

const suppressedReasons = (files: Readonly<Record<string, string>>) =>
  linted(files).result.suppressed.map(({ finding, reason }) => `${finding.rule.id}: ${reason}`);

const findings = (files: Readonly<Record<string, string>>) => linted(files).result.findings.map(line);

describe('an annotation', () => {
  test('suppresses its rule on its object, and on no other', () => {
    const file = `${badConfigMap('a', { 'podhost.dev/ignore-no-bad-key': 'as agreed' })}---\n${badConfigMap('b')}`;
    expect(suppressedReasons({ 'a.yaml': file })).toEqual(['no-bad-key: as agreed']);
    expect(findings({ 'a.yaml': file })).toEqual([
      'a.yaml:17:3 error no-bad-key: ConfigMap b has the key bad, which is "value"',
    ]);
  });

  test('of an item of a List suppresses for that item', () => {
    const list = [
      'apiVersion: v1',
      'kind: List',
      'items:',
      '  - apiVersion: v1',
      '    kind: ConfigMap',
      '    metadata:',
      '      name: a',
      '      annotations: { podhost.dev/ignore-no-bad-key: legacy }',
      '    data: { bad: x }',
      '  - { apiVersion: v1, kind: ConfigMap, metadata: { name: b }, data: { bad: x } }',
      '',
    ].join('\n');
    expect(suppressedReasons({ 'a.yaml': list })).toEqual(['no-bad-key: legacy']);
    expect(findings({ 'a.yaml': list })).toHaveLength(1);
  });

  test('without a reason suppresses nothing and is reported itself', () => {
    expect(findings({ 'a.yaml': badConfigMap('a', { 'podhost.dev/ignore-no-bad-key': ' ' }) })).toEqual([
      'a.yaml:7:5 warning valid-suppression: no-bad-key is not suppressed without a reason',
      'a.yaml:9:3 error no-bad-key: ConfigMap a has the key bad, which is "value"',
    ]);
  });

  test('of a rule that does not exist is reported with the one that was meant', () => {
    const { result } = linted({ 'a.yaml': badConfigMap('a', { 'podhost.dev/ignore-no-bad-kay': 'because' }) });
    expect(result.findings[0]).toMatchObject({
      message: 'there is no rule no-bad-kay, so nothing is suppressed',
      suggestion: 'write: no-bad-key',
    });
    expect(result.findings).toHaveLength(2);
  });
});

describe('a comment', () => {
  const atGlobal = (comment: string) => ({ 'v.yaml': [comment, 'global:', '  clusterName: c', ''].join('\n') });

  test.each([
    '# podhost-ignore require-domain: set by the pipeline',
    '#podhost-ignore  require-domain :  set by the pipeline  ',
    '# podhost-ignore require-domain: set by the pipeline\n\n# more words',
    '# podhost-ignore no-bad-key: another\n# podhost-ignore require-domain: set by the pipeline',
    '# podhost-ignore require-domain: set by the pipeline\r',
  ])('suppresses its rule in the line below: %j', (comment) => {
    expect(suppressedReasons(atGlobal(comment))).toEqual(['require-domain: set by the pipeline']);
  });

  test('says nothing of other lines', () => {
    const file = '# podhost-ignore require-domain: because\nopentelemetry-agent: {}\nglobal:\n  clusterName: c\n';
    expect(findings({ 'v.yaml': file })).toEqual(['v.yaml:3:1 warning require-domain: no domain']);
  });

  test('suppresses in the second document of a file and in manifests as well', () => {
    const file = `${badConfigMap('a')}---\n${badConfigMap('b').replace('  bad', '  # podhost-ignore no-bad-key: old\n  bad')}`;
    expect(suppressedReasons({ 'a.yaml': file })).toEqual(['no-bad-key: old']);
  });

  test.each([
    ['# podhost-ignore require-domain', 'require-domain is not suppressed without a reason'],
    ['# podhost-ignore require-domain:', 'require-domain is not suppressed without a reason'],
    ['# podhost-ignore: because', 'this suppression names no rule'],
    ['# podhost-ignore valid-domane: because', 'there is no rule valid-domane, so nothing is suppressed'],
  ])('that is not complete is reported: %s', (comment, message) => {
    expect(findings(atGlobal(comment))).toEqual([
      `v.yaml:1:1 warning valid-suppression: ${message}`,
      'v.yaml:2:1 warning require-domain: no domain',
    ]);
  });

  test('that only begins alike is none', () => {
    expect(findings(atGlobal('# podhost-ignored by most'))).toEqual(['v.yaml:2:1 warning require-domain: no domain']);
  });
});
