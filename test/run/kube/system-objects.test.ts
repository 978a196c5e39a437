import { expect, test } from 'vitest';
import { labelledObjects } from '../../../lib/run/kube/system-objects.ts';
import { type Answer, failed, RecordingRunner } from '../support/recording-runner.ts';
import { testContext } from '../support/test-context.ts';

const list = (...items: readonly object[]) => JSON.stringify({ items });
const none = list();

const found = async (answers: Readonly<Record<string, Answer>>) => {
  const runner = new RecordingRunner({
    'kubectl api-resources': 'services\nhelmchartconfigs.helm.cattle.io\n',
    ...answers,
    'kubectl get': none,
  });
  return labelledObjects(testContext({ runner }));
};

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api', namespace: 'shop' } };
const ofTraefik = {
  apiVersion: 'helm.cattle.io/v1',
  kind: 'HelmChartConfig',
  metadata: { name: 'traefik', namespace: 'kube-system' },
};

test('the configuration of the Traefik of k3s is found in its namespace', async () => {
  const objects = await found({
    'kubectl get helmchartconfigs.helm.cattle.io --namespace=kube-system': list(ofTraefik),
  });
  expect(objects).toEqual([
    { apiVersion: 'helm.cattle.io/v1', kind: 'HelmChartConfig', name: 'traefik', namespace: 'kube-system' },
  ]);
});

test('without permission for that namespace the other objects are found', async () => {
  const objects = await found({
    'kubectl get helmchartconfigs': failed('Error from server (Forbidden): helmchartconfigs is forbidden'),
    'kubectl get services --namespace=shop': list(service),
  });
  expect(objects.map(({ kind }) => kind)).toEqual(['Service']);
});

test('objects of controllers and deleted objects are left out', async () => {
  const made = { ...service, metadata: { ...service.metadata, ownerReferences: [{}] } };
  const going = { ...service, metadata: { ...service.metadata, deletionTimestamp: '2026-01-02T03:04:05Z' } };
  expect(await found({ 'kubectl get services': list(made, going) })).toEqual([]);
});
