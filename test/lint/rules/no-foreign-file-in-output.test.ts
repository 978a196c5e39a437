import { expect, test } from 'vitest';
import { noForeignFileInOutput as rule } from '../../../lib/lint/rules/no-foreign-file-in-output.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';
import { configMap, deployment } from './support/manifests.ts';

const manifests = { 'dist/10-config.yaml': configMap({ A: 'x' }), 'dist/30-api.yaml': deployment() };

test('reports values among manifests', () => {
  expect(report(rule, { ...manifests, 'dist/values.yaml': `# for Helm\n${chartValues()}` })).toEqual([
    {
      at: 'dist/values.yaml:2:1',
      message: 'values.yaml is no manifest, and kubectl apply -f dist reads it with the 2 files that are',
      suggestion: 'move it to a sub-folder of dist',
    },
  ]);
});

test('reports JSON that is something else', () => {
  expect(report(rule, { ...manifests, 'dist/report.json': '{"findings": []}' })).toMatchObject([
    { at: 'dist/report.json:1:1' },
  ]);
});

test.each([
  ['values in a sub-folder', { ...manifests, 'dist/helm/values.yaml': chartValues() }],
  ['one manifest beside values', { 'a/values.yaml': chartValues(), 'a/config.yaml': configMap({}) }],
  ['a folder in which most is something else', { ...manifests, 'dist/a.json': '{}', 'dist/b.json': '{}' }],
  ['an overlay', { ...manifests, 'dist/kustomization.yaml': 'resources: []', 'dist/values.yaml': chartValues() }],
  ['the root of a project', { ...manifests, 'dist/package.json': '{"name": "a"}' }],
  ['a chart', { ...manifests, 'dist/Chart.yaml': 'name: shop', 'dist/values.yaml': chartValues() }],
  ['standard input', { ...manifests, '<stdin>': chartValues() }],
])('does not report %s', (_, files) => {
  expect(report(rule, files)).toEqual([]);
});
