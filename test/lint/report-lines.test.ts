import { expect, test } from 'vitest';
import { inputNotes } from '../../lib/lint/report-lines.ts';
import { linted } from './support/linted.ts';

const notesAbout = (text: string, valuesFiles: readonly string[] = []) =>
  inputNotes(linted({ 'a.yaml': text }, { valuesFiles }).model);

test.each([
  ['a manifest', 'apiVersion: v1\nkind: Pod\n'],
  ['values with a sub-chart', 'opentelemetry-agent: {}\n'],
  ['broken YAML, which is a finding', 'a: [\n'],
])('%s is plain', (_, text) => {
  expect(notesAbout(text)).toEqual([]);
});

test('values without a sub-chart could be those of anything', () => {
  const text = 'presets:\n  spanMetrics: {}\n';
  expect(notesAbout(text)).toEqual([
    'a.yaml: taken as values of otel-integration, though it names presets, and no sub-chart of otel-integration; --values a.yaml confirms it',
  ]);
  expect(notesAbout(text, ['a.yaml'])).toEqual([]);
});

test('what is neither is ignored, unless it is said to be values', () => {
  const text = 'name: x\nversion: 1\n';
  expect(notesAbout(text)).toEqual([
    'a.yaml: neither manifest nor values, ignored; --values a.yaml lints it as values',
  ]);
  expect(notesAbout(text, ['a.yaml'])).toEqual([]);
});

test("a collector's own configuration is not looked at by itself", () => {
  expect(notesAbout('receivers: {}\nservice:\n  pipelines: {}\n')).toEqual([
    'a.yaml: holds nothing that lint looks at',
  ]);
});

test('the two documents of a file are told once', () => {
  expect(notesAbout('a: 1\n---\nb: 1\n')).toHaveLength(1);
});

test('files of a chart or a kustomization that a finding names need no note of their own', () => {
  const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: {}\n';
  const { model } = linted({
    'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'shop/values.yaml': 'replicas: 1\n',
    'shop/templates/web.yaml': deployment,
    'prod/kustomization.yaml': 'resources: [web.yaml]\npatches: [{ path: patch.yaml }]\n',
    'prod/web.yaml': deployment,
    'prod/patch.yaml': deployment,
  });
  expect(model.unread.map(({ code }) => code)).toEqual(['read/unrendered', 'read/unbuilt']);
  expect(inputNotes(model)).toEqual([]);
});
