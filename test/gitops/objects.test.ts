import { describe, expect, test } from 'vitest';
import { gitopsObjects, orphanActions } from '../../lib/gitops/objects.ts';
import { shellLine } from '../../lib/run/command/shell-line.ts';
import { bed } from '../deploy/preflight/answers.ts';
import { type Answer, failed, RecordingRunner } from '../run/support/recording-runner.ts';
import { testContext } from '../run/support/test-context.ts';

describe('objects of GitOps tools', () => {
  const found = async (answers: Readonly<Record<string, Answer>>) =>
    gitopsObjects(
      testContext({
        runner: new RecordingRunner({
          'kubectl api-resources': 'applications.argoproj.io\nhelmcharts.helm.cattle.io\nservices\n',
          ...answers,
          'kubectl get': JSON.stringify({ items: [] }),
        }),
      }),
    );

  const application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'shop', namespace: 'argocd' },
  };
  const there = { 'kubectl get applications.argoproj.io --all-namespaces': JSON.stringify({ items: [application] }) };

  test('the configuration of a tool is found in every namespace', async () => {
    expect(await found(there)).toEqual([
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: 'shop', namespace: 'argocd' },
    ]);
  });

  test('a denied lookup of one tool does not hide the configuration of another', async () => {
    const forbidden = failed('Error from server (Forbidden): helmcharts.helm.cattle.io is forbidden');
    const objects = await found({ ...there, 'kubectl get helmcharts': forbidden });
    expect(objects.map(({ name }) => name)).toEqual(['shop']);
  });

  test('a failed lookup is an error', async () => {
    for (const call of ['kubectl api-resources', 'kubectl get applications']) {
      await expect(found({ [call]: failed('the server was closed') }), call).rejects.toThrow('the server was closed');
    }
  });
});

describe('an orphaned object', () => {
  const lines = (apiVersion: string, kind: string) =>
    orphanActions(bed().context, { apiVersion, kind, name: 'shop', namespace: 'tools' }).flatMap(({ commands }) =>
      commands.map((command) => shellLine(command)),
    );

  test('k3s orphans the chart, and its finalizer is removed after the deletion', () => {
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
});
