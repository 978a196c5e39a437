import { describe, expect, test } from 'vitest';
import { k3sDelivery } from '../../lib/gitops/k3s.ts';
import { type Answer, failed } from '../run/support/recording-runner.ts';
import { gitopsContext, items } from './support/gitops-contexts.ts';
import { said } from './support/said.ts';

const hour = 3_600_000;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
const chart = (status?: object, changed = ago(hour)) => ({
  metadata: { name: 'otel', namespace: 'kube-system', managedFields: [{ manager: 'podhost', time: changed }] },
  ...(status === undefined ? {} : { status }),
});
const jobName = 'helm-install-otel';
const job = (status: object, metadata: object = {}) =>
  JSON.stringify({ metadata: { creationTimestamp: ago(hour), ...metadata }, status });

const look = (charts: Answer, jobs: Answer = '') =>
  said(
    k3sDelivery(
      gitopsContext('k3s', {
        'kubectl get helmcharts.helm.cattle.io --namespace=kube-system': charts,
        [`kubectl get jobs.batch ${jobName} --namespace=kube-system`]: jobs,
      }),
    ),
  );

describe('k3s', () => {
  test('has installed the collector once its job has succeeded', async () => {
    expect(await look(items(chart({ jobName })), job({ succeeded: 1 }))).toBe('helm-install-otel succeeded');
  });

  test('has not while the job runs, or fails again and again', async () => {
    expect(await look(items(chart({ jobName })), job({ failed: 3 }))).toBe(
      'the job helm-install-otel has not installed the chart otel, run: kubectl logs --namespace kube-system job/helm-install-otel',
    );
  });

  test('says itself that it cannot', async () => {
    const conditions = [{ type: 'Failed', status: 'True', reason: 'Job create failed', message: 'no such\nchart' }];
    expect(await look(items(chart({ jobName, conditions })), job({ succeeded: 1 }))).toContain(
      'k3s cannot install the chart otel: no such chart, run: kubectl describe',
    );
  });

  test('has not begun as long as it names no job, or there is none after a change', async () => {
    expect(await look(items(chart()))).toContain('k3s has not started to install the chart otel,');
    expect(await look(items(chart({ jobName }, ago(0))))).toContain(
      'k3s has not started to install the current version',
    );
  });

  test('a deleted job of an old change counts as delivered', async () => {
    expect(await look(items(chart({ jobName })))).toBe('helm-install-otel, which was cleaned up, succeeded');
  });

  test('is not taken for done by the job of what was there before', async () => {
    const asItIs = 'k3s has not started to install the current version of the chart otel';
    const going = job({ succeeded: 1 }, { deletionTimestamp: ago(0) });
    expect(await look(items(chart({ jobName })), going)).toContain(asItIs);
    expect(await look(items(chart({ jobName }, ago(0))), job({ succeeded: 1 }))).toContain(asItIs);
    // A change of labels makes no new job.
    expect(await look(items(chart({ jobName }, ago(60_000))), job({ succeeded: 1 }))).toBe(
      'helm-install-otel succeeded',
    );
  });

  test('a missing HelmChart is reported', async () => {
    expect(await look(items())).toContain('the HelmChart otel is missing in kube-system');
  });

  test('k3s is not verified without permission', async () => {
    const forbidden = failed('Error from server (Forbidden): jobs.batch "helm-install-otel" is forbidden: User "anna"');
    expect(await look(items(chart({ jobName })), forbidden)).toMatch(/^not verified: jobs.batch .* forbidden/);
  });
});
