import { expect, test } from 'vitest';
import { doubts } from '../../lib/lint/doubts.ts';
import { linted } from './support/linted.ts';

const doubtsAbout = (text: string, valuesFiles: readonly string[] = []) =>
  doubts(linted({ 'a.yaml': text }, { valuesFiles }).model);

test.each([
  ['a manifest', 'apiVersion: v1\nkind: Pod\n'],
  ['values with a sub-chart', 'opentelemetry-agent: {}\n'],
  ['broken YAML, which is a finding', 'a: [\n'],
])('%s is plain', (_, text) => {
  expect(doubtsAbout(text)).toEqual([]);
});

test('values without a sub-chart could be those of anything', () => {
  const text = 'presets:\n  spanMetrics: {}\n';
  expect(doubtsAbout(text)).toEqual([
    'a.yaml: taken as values of otel-integration, though it names presets, and no sub-chart of otel-integration; --values a.yaml says so',
  ]);
  expect(doubtsAbout(text, ['a.yaml'])).toEqual([]);
});

test('what is neither is ignored, unless it is said to be values', () => {
  const text = 'name: x\nversion: 1\n';
  expect(doubtsAbout(text)).toEqual([
    'a.yaml: neither manifest nor values, ignored; --values a.yaml lints it as values',
  ]);
  expect(doubtsAbout(text, ['a.yaml'])).toEqual([]);
});

test("a collector's own configuration is not looked at by itself", () => {
  expect(doubtsAbout('receivers: {}\nservice:\n  pipelines: {}\n')).toEqual([
    'a.yaml: holds nothing that lint looks at',
  ]);
});

test('the two documents of a file are told once', () => {
  expect(doubtsAbout('a: 1\n---\nb: 1\n')).toHaveLength(1);
});
