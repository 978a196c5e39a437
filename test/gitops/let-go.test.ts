import { expect, test } from 'vitest';
import { letGo } from '../../lib/gitops/objects.ts';
import { shellLine } from '../../lib/run/command/shell-line.ts';
import { bed } from '../deploy/preflight/answers.ts';

const lines = (apiVersion: string, kind: string) =>
  letGo(bed().context, { apiVersion, kind, name: 'shop', namespace: 'tools' }).flatMap(({ commands }) =>
    commands.map((command) => shellLine(command)),
  );

test('k3s is told not to uninstall, and its finalizer is taken away after the deletion', () => {
  expect(lines('helm.cattle.io/v1', 'HelmChart')).toEqual([
    'kubectl annotate helmchart.helm.cattle.io/shop --namespace=tools helmcharts.helm.cattle.io/unmanaged=true --overwrite',
    'kubectl delete helmchart.helm.cattle.io/shop --namespace=tools --ignore-not-found --wait=false',
    `kubectl patch helmchart.helm.cattle.io/shop --namespace=tools --type=merge '--patch={"metadata":{"finalizers":null}}'`,
  ]);
});

test('Argo CD has no finalizer left by which it would delete', () => {
  expect(lines('argoproj.io/v1alpha1', 'Application')).toEqual([
    `kubectl patch application.argoproj.io/shop --namespace=tools --type=merge '--patch={"metadata":{"finalizers":null}}'`,
    'kubectl delete application.argoproj.io/shop --namespace=tools --ignore-not-found',
  ]);
});

test.each([
  ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
])('Flux leaves what a suspended object has installed: %s %s', (apiVersion, kind) => {
  expect(lines(apiVersion, kind)).toEqual([
    expect.stringMatching(
      /^kubectl patch \S+\/shop --namespace=tools --type=merge '--patch={"spec":{"suspend":true}}'$/,
    ),
    expect.stringMatching(/^kubectl delete \S+\/shop --namespace=tools --ignore-not-found$/),
  ]);
});

test('a repository of charts has installed nothing', () => {
  expect(lines('source.toolkit.fluxcd.io/v1', 'HelmRepository')).toHaveLength(1);
});
