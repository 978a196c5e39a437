import { describe, expect, test } from 'vitest';
import { applyStep, pruneActions } from '../../../../lib/deploy/steps/apply/step.ts';
import { type Answer, failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

describe('the step apply', () => {
  const dist = {
    '30-api.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api, namespace: shop }\n',
    'notes.txt': 'no manifest',
  };

  const object = (apiVersion: string, kind: string, name: string, more: object = {}) => ({
    apiVersion,
    kind,
    metadata: { name, namespace: 'shop', ...more },
  });

  const present = {
    items: [
      object('apps/v1', 'Deployment', 'api'),
      object('apps/v1', 'Deployment', 'old'),
      object('v1', 'Service', 'old'),
      object('v1', 'PersistentVolumeClaim', 'old-data'),
      object('v1', 'ConfigMap', 'made', { ownerReferences: [{}] }),
      object('v1', 'ConfigMap', 'leaving', { deletionTimestamp: 'now' }),
    ],
  };

  async function titles(pruneVolumes: boolean) {
    const runner = new RecordingRunner({
      'kubectl api-resources': 'deployments.apps\nservices\nconfigmaps\npersistentvolumeclaims\n',
      'kubectl get configmaps,services,persistentvolumeclaims,deployments.apps --namespace=shop':
        JSON.stringify(present),
      'kubectl get': JSON.stringify({ items: [] }),
    });
    const actions = await applyStep.actions(testContext({ runner, dist, pruneVolumes }));
    return actions.map(({ title }) => title.replace(/of \S+$/, 'of DIST'));
  }

  describe('the manifests', () => {
    test('are applied, then what is left of before goes, then the workloads are waited for', async () => {
      expect(await titles(false)).toEqual([
        'Apply the 1 objects of DIST',
        'Remove deployment.apps/old, service/old from shop',
        'Wait for the workload in shop',
      ]);
    });

    test('volumes are kept unless they are to be pruned', async () => {
      expect((await titles(true))[1]).toBe(
        'Remove deployment.apps/old, service/old, persistentvolumeclaim/old-data from shop',
      );
    });
  });

  test('a conflict names who set the field, and how to overwrite it', async () => {
    const context = testContext({ runner: new RecordingRunner(), dist });
    const [apply] = await applyStep.actions(context);
    const stderr = `error: Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using apps/v1: .spec.replicas`;
    const result = { exitStatus: 1, stdout: '', stderr, milliseconds: 1 };
    const problem = await apply?.explain?.(context.kubectl([]), result);
    expect(problem?.message).toContain('kubectl-client-side-apply has set fields of these manifests to other values');
    expect(problem?.message).toContain('.spec.replicas');
    expect(problem?.suggestion).toContain('--force-conflicts');
  });

  test('with a GitOps tool only its configuration is applied', async () => {
    const runner = new RecordingRunner();
    const application = 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop }\n';
    const context = testContext({
      runner,
      dist: { ...dist, 'argo-cd/applications.yaml': application },
      gitops: { tool: 'argo-cd', repository: 'https://git.example.com/shop.git' },
    });
    const actions = await applyStep.actions(context);
    expect(actions.map(({ title }) => title.replace(/of \S+dist-[^/]+/, 'of DIST'))).toEqual([
      'Apply the 1 objects of DIST/argo-cd',
    ]);
    expect(runner.lines).toEqual([]);
  });
});

describe('pruning', () => {
  const old = JSON.stringify({
    items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'old', namespace: 'shop' } }],
  });

  async function pruned(answers: Readonly<Record<string, Answer>>) {
    const told: string[] = [];
    const runner = new RecordingRunner({
      'kubectl api-resources': 'configmaps\n',
      'kubectl get configmaps --namespace=shop': old,
      'kubectl get': JSON.stringify({ items: [] }),
      ...answers,
    });
    const context = { ...testContext({ runner }), report: (text: string) => told.push(text) };
    return { actions: await pruneActions(context, []), told };
  }

  const titles = async (answers: Readonly<Record<string, Answer>>) =>
    (await pruned(answers)).actions.map(({ title }) => title);

  describe('objects of an older version', () => {
    test('is removed', async () => {
      expect(await titles({})).toEqual(['Remove configmap/old from shop']);
    });

    test('is removed also while the server of some other group does not answer', async () => {
      const partly = { ...failed('error: unable to retrieve the complete list'), stdout: 'configmaps\n' };
      expect(await titles({ 'kubectl api-resources': partly })).toEqual(['Remove configmap/old from shop']);
    });

    test('a failed lookup of objects to prune fails the step', async () => {
      for (const call of ['kubectl api-resources', 'kubectl get configmaps --namespace=shop']) {
        const { actions } = await pruned({ [call]: failed('connection refused') });
        expect(actions.map(({ title }) => title)).toEqual(['List objects of an older version']);
        await expect(actions[0]?.verify?.()).rejects.toThrow('connection refused');
      }
    });

    test('a stopped lookup of objects to prune fails the step', async () => {
      const { actions } = await pruned({ 'kubectl api-resources': { exitStatus: undefined, stdout: 'configmaps\n' } });
      expect(actions.map(({ title }) => title)).toEqual(['List objects of an older version']);
    });

    test('objects are kept with a note when the permission to list them is missing', async () => {
      const stderr = 'Error from server (Forbidden): configmaps is forbidden: User "ci" cannot list resource';
      const { actions, told } = await pruned({ 'kubectl get configmaps --namespace=shop': failed(stderr) });
      expect(actions).toEqual([]);
      expect(told).toEqual([
        expect.stringContaining('because this user has no permission to list them: configmaps is forbidden'),
      ]);
    });
  });
});
