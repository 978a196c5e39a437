import { expect, test } from 'vitest';
import { requireNamespaceFirst as rule } from '../../../lib/lint/rules/require-namespace-first.ts';
import { placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents } from './support/manifests.ts';

const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';

test('reports a file that comes too late', () => {
  const files = { 'k8s/namespace.yaml': namespace, 'k8s/api.yaml': deployment(), 'k8s/config.yaml': configMap({}) };
  expect(report(rule, files)).toEqual([
    {
      at: 'k8s/namespace.yaml:4:9',
      message: 'Namespace shop comes after Deployment api and ConfigMap shop-config, which belong to it',
      suggestion: 'move it to the top of a file that comes before api.yaml, e.g. 00-namespace.yaml',
    },
  ]);
});

test('reports a Namespace that is not at the top of its file', () => {
  const text = documents(deployment(), namespace);
  const [line] = placeOf(text, '  name: shop\n').split(':');
  expect(report(rule, text)).toMatchObject([
    { at: `app.yaml:${line}:9`, suggestion: 'move it to the top of the file' },
  ]);
});

test('goes by the letters of the names, as kubectl does', () => {
  expect(report(rule, { 'k/a-b.yaml': deployment(), 'k/a.yaml': namespace })).toHaveLength(1);
  expect(report(rule, { 'k/Z.yaml': namespace, 'k/a.yaml': deployment() })).toEqual([]);
});

test.each([
  ['a Namespace that is first', { 'k/00-namespace.yaml': namespace, 'k/10-api.yaml': deployment() }],
  ['files that were given in another order', { 'k/10-api.yaml': deployment(), 'k/00-namespace.yaml': namespace }],
  ['another folder', { 'b/namespace.yaml': namespace, 'a/api.yaml': deployment() }],
  ['another namespace', { 'k/z.yaml': namespace, 'k/a.yaml': deployment({ namespace: 'other' }) }],
  ['a Namespace that is there twice', { 'k/a.yaml': namespace, 'k/b.yaml': deployment(), 'k/c.yaml': namespace }],
  [
    'an overlay, which kustomize sorts',
    { 'k/kustomization.yaml': 'resources: []', 'k/a.yaml': deployment(), 'k/b.yaml': namespace },
  ],
  ['no Namespace at all', { 'k/a.yaml': deployment() }],
])('does not report %s', (_, files) => {
  expect(report(rule, files)).toEqual([]);
});
