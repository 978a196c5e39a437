import { describe, expect, test } from 'vitest';
import { restartStep } from '../../../../lib/deploy/steps/restart/step.ts';
import { keepImageRecords } from '../../../../lib/provision/stored-images.ts';
import type { Action } from '../../../../lib/run/step.ts';
import { failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { type TestContextProps, testContext } from '../../../run/support/test-context.ts';

const ours = { 'app.kubernetes.io/managed-by': 'cdk8s-podhost', 'app.kubernetes.io/part-of': 'shop' };
const reads = (name: string) => ({ containers: [{ env: [{ valueFrom: { secretKeyRef: { name } } }] }] });

const workload = (name: string, labels: Record<string, string>, spec: object) => ({
  kind: 'Deployment',
  metadata: { name, labels },
  spec: { selector: { matchLabels: { app: name } }, template: { spec } },
});
const pod = (app: string, startedAt: string) => ({
  metadata: { labels: { app } },
  status: { containerStatuses: [{ state: { running: { startedAt } } }] },
});

async function actionsAfter(changed: string, more: Pick<TestContextProps, 'gitops'> = {}): Promise<readonly Action[]> {
  const runner = new RecordingRunner({
    'kubectl get deployments,statefulsets,daemonsets --namespace=shop': JSON.stringify({
      items: [
        workload('old', ours, reads('shop-secrets')),
        workload('new', ours, reads('shop-secrets')),
        workload('other', ours, { containers: [{}] }),
        workload('mounts', ours, { containers: [{}], volumes: [{ secret: { secretName: 'shop-secrets' } }] }),
        workload('foreign', {}, reads('shop-secrets')),
      ],
    }),
    'kubectl get pods --namespace=shop': JSON.stringify({
      items: [
        pod('old', '2026-01-01T10:00:00Z'),
        pod('new', '2026-01-01T12:00:00Z'),
        ...['other', 'mounts', 'foreign'].map((app) => pod(app, '2026-01-01T09:00:00Z')),
      ],
    }),
    'kubectl get secret shop-secrets': `2025-01-01T00:00:00Z\n2025-01-01T00:00:00Z\n${changed}\n`,
    'kubectl get': JSON.stringify({ items: [] }),
  });
  return restartStep.actions(testContext({ runner, ...more }));
}

const restarted = async (changed: string) => (await actionsAfter(changed)).map(({ title }) => title);

describe('what started before its Secret changed', () => {
  test('is restarted, and nothing else', async () => {
    expect(await restarted('2026-01-01T11:00:00Z')).toEqual([
      'Restart deployment/old in shop, which started before shop-secrets changed',
    ]);
  });

  test('in the same second is restarted: it may have read the value from before', async () => {
    expect(await restarted('2026-01-01T10:00:00Z')).toHaveLength(1);
  });

  test('with Flux is restarted under a name that Flux does not take it away from', async () => {
    const [action] = await actionsAfter('2026-01-01T11:00:00Z', { gitops: { tool: 'flux' } });
    expect(action?.commands[0]?.args).toContain('--field-manager=flux-client-side-apply');
  });

  test('after it is left alone', async () => {
    expect(await restarted('2026-01-01T09:59:59Z')).toEqual([]);
  });
});

test('what started before its image was replaced by another of the same name is restarted', async () => {
  const uses = (image: string) => ({ containers: [{ image }] });
  const runner = new RecordingRunner({
    'kubectl get deployments,statefulsets,daemonsets --namespace=shop': JSON.stringify({
      items: [
        workload('old', ours, uses('shop-api:latest')),
        workload('new', ours, uses('shop-api:latest')),
        workload('other', ours, uses('redis:7')),
      ],
    }),
    'kubectl get pods --namespace=shop': JSON.stringify({
      items: [
        pod('old', '2026-01-01T10:00:00Z'),
        pod('new', '2026-01-01T12:00:00Z'),
        pod('other', '2025-01-01T00:00:00Z'),
      ],
    }),
    'kubectl get': JSON.stringify({ items: [] }),
  });
  const context = testContext({ runner });
  const record = { host: 'here', dockerfile: 'Dockerfile', id: 'sha256:1', since: '2026-01-01T11:00:00Z' };
  keepImageRecords(context.stateFolder, { 'shop-api:latest': record });
  expect((await restartStep.actions(context)).map(({ title }) => title)).toEqual([
    'Restart deployment/old in shop, which started before shop-api:latest changed',
  ]);
});

test('the operator is restarted when its key has changed, in a namespace that is not of the system', async () => {
  const release = { 'meta.helm.sh/release-name': 'coralogix-operator' };
  const operator = workload('coralogix-operator', {}, reads('coralogix-operator-secret'));
  const runner = new RecordingRunner({
    'kubectl get deployments,statefulsets,daemonsets --namespace=coralogix-operator-system': JSON.stringify({
      items: [{ ...operator, metadata: { ...operator.metadata, annotations: release } }],
    }),
    'kubectl get pods --namespace=coralogix-operator-system': JSON.stringify({
      items: [pod('coralogix-operator', '2026-01-01T10:00:00Z')],
    }),
    'kubectl get secret coralogix-operator-secret': '2026-01-01T11:00:00Z\n',
    'kubectl get': JSON.stringify({ items: [] }),
  });
  const titles = async (enabled: string) =>
    (await restartStep.actions(testContext({ runner, deploy: { operator: { enabled } } }))).map(({ title }) => title);
  expect(await titles('true')).toEqual([
    'Restart deployment/coralogix-operator in coralogix-operator-system, which started before coralogix-operator-secret changed',
  ]);
  expect(await titles('false')).toEqual([]);
});

test('a failed lookup of workloads fails the step restart', async () => {
  const runner = new RecordingRunner({
    'kubectl get pods --namespace=shop': failed('connection refused'),
    'kubectl get': JSON.stringify({ items: [] }),
  });
  await expect(restartStep.actions(testContext({ runner }))).rejects.toThrow('connection refused');
});

test('with Argo CD what it has rendered of the chart is restarted, too', async () => {
  const agent = (name: string) => workload(name, { 'app.kubernetes.io/managed-by': 'Helm' }, reads('coralogix-keys'));
  const runner = new RecordingRunner({
    'kubectl get deployments,statefulsets,daemonsets --namespace=coralogix': JSON.stringify({
      items: [agent('coralogix-opentelemetry-agent'), agent('fluent-bit')],
    }),
    'kubectl get pods --namespace=coralogix': JSON.stringify({
      items: ['coralogix-opentelemetry-agent', 'fluent-bit'].map((app) => pod(app, '2026-01-01T09:00:00Z')),
    }),
    'kubectl get secret coralogix-keys': '2025-01-01T00:00:00Z\n2026-01-01T11:00:00Z\n',
    'kubectl get': JSON.stringify({ items: [] }),
  });
  const gitops = { tool: 'argo-cd', repository: 'https://git.example.com/shop.git' };
  const titles = async (more: Pick<TestContextProps, 'gitops'>) =>
    (await restartStep.actions(testContext({ runner, ...more }))).map(({ title }) => title.split(',')[0]);
  expect(await titles({ gitops })).toEqual(['Restart deployment/coralogix-opentelemetry-agent in coralogix']);
  expect(await titles({})).toEqual([]);
});
