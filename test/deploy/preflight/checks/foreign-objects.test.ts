import { describe, expect, test } from 'vitest';
import { foreignObjectsCheck } from '../../../../lib/deploy/preflight/checks/foreign-objects.ts';
import { findings } from '../answers.ts';

const ours = { 'app.kubernetes.io/managed-by': 'cdk8s-podhost', 'app.kubernetes.io/part-of': 'dataprime-demo' };
const messages = async (metadata: object) => {
  const items = [
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'redis', namespace: 'dataprime-demo', ...metadata } },
  ];
  const { problems = [] } = await findings(foreignObjectsCheck, {
    answers: { 'kubectl get services,configmaps': { items } },
  });
  return problems.map(({ message }) => message);
};
const redis = 'service/redis in dataprime-demo is there already and not of this system';

describe('the check of objects of the same names', () => {
  test('is content with what the system has made', async () => {
    expect(await messages({ labels: ours })).toEqual([]);
  });

  test('is content with an object of another name', async () => {
    expect(await messages({ name: 'grafana' })).toEqual([]);
  });

  test('names the Helm release that one is of', async () => {
    const annotations = { 'meta.helm.sh/release-name': 'cache', 'meta.helm.sh/release-namespace': 'dataprime-demo' };
    expect(await messages({ annotations })).toEqual([`${redis}: it is of the Helm release cache in dataprime-demo`]);
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
});
