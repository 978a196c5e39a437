import type { DeployContext } from '../../../lib/run/context.ts';
import { type Answer, RecordingRunner } from '../../run/support/recording-runner.ts';
import { testContext } from '../../run/support/test-context.ts';

const gitops = {
  k3s: { tool: 'k3s' },
  'argo-cd': { tool: 'argo-cd', repository: 'https://git.example.com/shop.git' },
  flux: { tool: 'flux' },
} as const;

const manifest = (apiVersion: string, kind: string, name: string, namespace: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\n`;

const dist = {
  '15-collector-chart.yaml': manifest('helm.cattle.io/v1', 'HelmChart', 'otel', 'kube-system'),
  'argo-cd/applications.yaml': [
    manifest('argoproj.io/v1alpha1', 'Application', 'shop', 'argocd'),
    manifest('argoproj.io/v1alpha1', 'Application', 'shop-collector', 'argocd'),
  ].join('---\n'),
  'flux/resources.yaml': [
    manifest('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'shop', 'flux-system'),
    manifest('source.toolkit.fluxcd.io/v1', 'HelmRepository', 'shop-charts', 'flux-system'),
    manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'otel', 'flux-system'),
  ].join('---\n'),
};

/** A system that a GitOps tool delivers, in a cluster that answers as told. Nothing is waited for. */
export const gitopsContext = (
  tool: keyof typeof gitops,
  answers: ConstructorParameters<typeof RecordingRunner>[0],
): DeployContext =>
  testContext({ runner: new RecordingRunner(answers), dist, gitops: gitops[tool], signal: AbortSignal.abort() });

export const items = (...all: readonly object[]): Answer => JSON.stringify({ items: all });
