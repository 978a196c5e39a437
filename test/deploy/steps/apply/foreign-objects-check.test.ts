import { describe, expect, test } from 'vitest';
import { foreignObjectsCheck } from '../../../../lib/deploy/steps/apply/foreign-objects-check.ts';
import { type Answers, findings } from '../../preflight/answers.ts';
import { argoCdSystem } from '../../preflight/gitops-dist.ts';
import { earlierHelm, earlierRelease } from '../collector/installations.ts';

const ours = { 'app.kubernetes.io/managed-by': 'cdk8s-podhost', 'app.kubernetes.io/part-of': 'dataprime-demo' };
const messages = async (metadata: object, more: Answers = {}) => {
  const items = [
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'redis', namespace: 'dataprime-demo', ...metadata } },
  ];
  const { problems = [] } = await findings(foreignObjectsCheck, {
    answers: { ...more, 'kubectl get services,configmaps': { items } },
  });
  return problems.map(({ message }) => message);
};
const redis = 'service/redis in dataprime-demo exists and does not belong to this system';

describe('the check of objects of the same names', () => {
  test('is content with what the system has made', async () => {
    expect(await messages({ labels: ours })).toEqual([]);
  });

  test('is content with an object of another name', async () => {
    expect(await messages({ name: 'grafana' })).toEqual([]);
  });

  test('names the Helm release that one is of', async () => {
    const annotations = { 'meta.helm.sh/release-name': 'cache', 'meta.helm.sh/release-namespace': 'dataprime-demo' };
    expect(await messages({ annotations })).toEqual([
      `${redis}: it is managed by the Helm release cache in dataprime-demo`,
    ]);
  });

  test('objects of a legacy release are left to the check of legacy installations', async () => {
    const { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace } = earlierHelm;
    expect([name, namespace]).toEqual(['coralogix-otel', 'dataprime-demo']);
    expect(await messages({ annotations: earlierHelm })).toHaveLength(1);
    expect(await messages({ annotations: earlierHelm }, earlierRelease)).toEqual([]);
  });

  test('names another system of this kind', async () => {
    expect(await messages({ labels: { ...ours, 'app.kubernetes.io/part-of': 'shop' } })).toEqual([
      `${redis}: it is managed by cdk8s-podhost, as part of shop`,
    ]);
  });

  test('names who wrote one that says nothing of itself', async () => {
    const managedFields = [{ manager: 'kubectl-create' }, { manager: 'kubelet', subresource: 'status' }];
    expect(await messages({ managedFields })).toEqual([`${redis}: it was written by kubectl-create`]);
  });

  test('with a GitOps tool the existing objects of its configuration are checked', async () => {
    const system = argoCdSystem();
    const application = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'shop', namespace: 'argocd' },
    };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'api', namespace: 'shop' } };
    const answers = {
      ...system.answers,
      'kubectl get applications.argoproj.io --namespace=argocd': { items: [application] },
      'kubectl get deployments.apps --namespace=shop': { items: [deployment] },
    };
    const { problems = [] } = await findings(foreignObjectsCheck, { ...system, answers });
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^application.argoproj.io\/shop in argocd exists and does not belong to this system/),
    ]);
  });
});
