import { expect, test } from 'vitest';
import { gitopsObjects } from '../../lib/gitops/objects.ts';
import { type Answer, failed, RecordingRunner } from '../run/support/recording-runner.ts';
import { testContext } from '../run/support/test-context.ts';

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

test('what a tool was told is found in whichever namespace it has', async () => {
  expect(await found(there)).toEqual([
    { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: 'shop', namespace: 'argocd' },
  ]);
});

test('what one tool may not be asked for does not hide what another was told', async () => {
  const forbidden = failed('Error from server (Forbidden): helmcharts.helm.cattle.io is forbidden');
  const objects = await found({ ...there, 'kubectl get helmcharts': forbidden });
  expect(objects.map(({ name }) => name)).toEqual(['shop']);
});

test('a failed look is not taken for nothing', async () => {
  for (const call of ['kubectl api-resources', 'kubectl get applications']) {
    await expect(found({ [call]: failed('the server was closed') }), call).rejects.toThrow('the server was closed');
  }
});
