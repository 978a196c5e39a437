import { expect, test } from 'vitest';
import { immutableFieldsCheck } from '../../../../lib/deploy/steps/apply/immutable-fields-check.ts';
import { findings } from '../../preflight/answers.ts';

const namespace = 'dataprime-demo';
const part = { 'app.kubernetes.io/instance': 'dataprime-demo' };

const live = (kind: string, name: string, spec: object) => ({
  apiVersion: kind === 'Service' ? 'v1' : 'apps/v1',
  kind,
  metadata: { name, namespace },
  spec,
});

async function problems(...items: readonly object[]) {
  const { problems: found = [] } = await findings(immutableFieldsCheck, {
    answers: { 'kubectl get services,configmaps': { items } },
  });
  return found.map(({ code, message, suggestion, place }) => ({ code, message, suggestion, file: place?.file }));
}

test('a selector of another name is reported with the text that keeps it', async () => {
  expect(
    await problems(live('Deployment', 'frontend', { selector: { matchLabels: { app: 'frontend' } }, template: {} })),
  ).toEqual([
    {
      code: 'deploy/immutable-field',
      message:
        'the selector of deployment.apps/frontend in dataprime-demo is { app: frontend } in the cluster and cannot become { app.kubernetes.io/instance: dataprime-demo, app.kubernetes.io/name: frontend }',
      suggestion: 'write: selector: { app: frontend }, in the service frontend of config/dataprime-demo.yaml',
      file: 'dist/30-frontend.yaml',
    },
  ]);
});

test('a StatefulSet keeps its selector, its Service and its claims', async () => {
  const found = await problems(
    live('StatefulSet', 'redis', {
      selector: { matchLabels: { app: 'redis' } },
      serviceName: 'redis-headless',
      volumeClaimTemplates: [
        { metadata: { name: 'redis-data' }, spec: { resources: { requests: { storage: '2Gi' } } } },
      ],
    }),
  );
  expect(found.map(({ suggestion }) => suggestion)).toEqual([
    'write: selector: { app: redis }, in the datastore redis of config/dataprime-demo.yaml',
    'write: patch: { StatefulSet: { spec: { serviceName: redis-headless } } }, in the datastore redis of config/dataprime-demo.yaml',
    'write: storage: { name: redis-data, size: 2Gi }, in the datastore redis of config/dataprime-demo.yaml',
  ]);
});

test('a Service with an address cannot become headless', async () => {
  expect(await problems(live('Service', 'redis', { type: 'ClusterIP', clusterIP: '10.43.0.7' }))).toMatchObject([
    { message: 'clusterIP of service/redis in dataprime-demo is an address in the cluster and cannot become None' },
  ]);
});

test('what the system has deployed itself is fine', async () => {
  const labels = { ...part, 'app.kubernetes.io/name': 'frontend' };
  expect(
    await problems(
      live('Deployment', 'frontend', { selector: { matchLabels: labels } }),
      live('Service', 'redis', { type: 'ClusterIP', clusterIP: 'None' }),
      live('Service', 'frontend', { type: 'NodePort', clusterIP: '10.43.0.8' }),
    ),
  ).toEqual([]);
});
