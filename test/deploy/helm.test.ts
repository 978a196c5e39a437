import { describe, expect, test } from 'vitest';
import { releaseActions } from '../../lib/deploy/helm.ts';
import { type Answer, failed, RecordingRunner } from '../run/support/recording-runner.ts';
import { testContext } from '../run/support/test-context.ts';

const wanted = {
  release: 'otel',
  namespace: 'coralogix',
  chart: 'otel-integration',
  version: '0.0.331',
  values: { global: { domain: 'eu2.coralogix.com' } },
  valuesFlag: '--values=values.yaml',
};

const release = (status: string, chart = 'otel-integration-0.0.331') =>
  JSON.stringify([{ name: 'otel', chart, status, revision: '3', updated: '2020-01-02 03:04:05.6 +0000 UTC' }]);

async function actionsWith(answers: Readonly<Record<string, Answer>>, deploy: object = {}) {
  const runner = new RecordingRunner({ 'helm version': 'v3.18.0', 'helm list': '[]', ...answers });
  const context = testContext({ runner, deploy: { chartRepository: 'https://charts.test', ...deploy } });
  return { runner, context, actions: await releaseActions(context, wanted) };
}

const argsOf = ({ actions }: Awaited<ReturnType<typeof actionsWith>>) =>
  actions.map(({ commands }) => commands[0]?.args.join(' '));

describe('a release', () => {
  test('a missing release is installed, and helm rolls back a failure', async () => {
    expect(argsOf(await actionsWith({}))).toEqual([
      'upgrade --install otel otel-integration --repo=https://charts.test --version=0.0.331 --namespace=coralogix --values=values.yaml --atomic --wait --timeout=300s',
    ]);
  });

  test('helm 4 rolls back with its own flag', async () => {
    expect(argsOf(await actionsWith({ 'helm version': 'v4.0.1+g1' }))[0]).toContain(' --rollback-on-failure ');
  });

  test('comes from a registry by its whole address', async () => {
    const [args] = argsOf(await actionsWith({}, { chartRepository: 'oci://charts.test/cx' }));
    expect(args).toContain('upgrade --install otel oci://charts.test/cx/otel-integration --version');
  });

  test.each<[string, Readonly<Record<string, Answer>>, boolean]>([
    [
      'the same version and values',
      { 'helm list': release('deployed'), 'helm get': JSON.stringify(wanted.values) },
      true,
    ],
    ['other values', { 'helm list': release('deployed'), 'helm get': '{"global":{}}' }, false],
    ['no values', { 'helm list': release('deployed'), 'helm get': 'null' }, false],
    ['another version', { 'helm list': release('deployed', 'otel-integration-0.0.330') }, false],
    ['a failure', { 'helm list': release('failed') }, false],
  ])('with %s is left alone: %#', async (_, answers, isSo) => {
    const { actions } = await actionsWith(answers);
    expect((await actions[0]?.upToDate?.()) !== undefined).toBe(isSo);
  });
});

describe('what an interrupted helm left', () => {
  const history = (...statuses: string[]) =>
    JSON.stringify(statuses.map((status, index) => ({ revision: index + 1, status })));

  test('is rolled back to what was in use last', async () => {
    const statuses = history('superseded', 'deployed', 'pending-upgrade');
    const with_ = await actionsWith({ 'helm list': release('pending-upgrade'), 'helm history': statuses });
    expect(argsOf(with_)[0]).toBe('rollback otel 2 --namespace=coralogix --timeout=300s');
    // It counts as deployed from then on, whether it runs or not.
    expect(with_.actions[1]?.upToDate).toBeUndefined();
    // Long ago: nobody is at work on it any more.
    expect(await with_.actions[0]?.upToDate?.()).toBeUndefined();
  });

  test('an interrupted rollback is repeated from the newer revision', async () => {
    const statuses = history('superseded', 'deployed', 'failed', 'pending-rollback');
    const { actions } = await actionsWith({ 'helm list': release('pending-rollback'), 'helm history': statuses });
    expect(actions[0]?.commands.map(({ args }) => args.slice(0, 3).join(' '))).toEqual([
      'rollback otel 3',
      'rollback otel 2',
    ]);
  });

  test('of a first installation is taken away', async () => {
    const answers = { 'helm list': release('pending-install'), 'helm history': history('pending-install') };
    expect(argsOf(await actionsWith(answers))[0]).toMatch(/^uninstall otel /);
  });
});

test.each([
  [
    'Error: release otel failed, and has been uninstalled due to atomic being set: timed out',
    'the release is uninstalled',
  ],
  [
    'Error: UPGRADE FAILED: release otel failed, and has been rolled back due to atomic being set: x',
    'at its previous revision',
  ],
  ['Error: context deadline exceeded', 'helm reports no rollback'],
])('a failure reports the rollback of helm: %s', async (stderr, said) => {
  const { actions, context } = await actionsWith({});
  const result = { stdout: '', milliseconds: 1, exitStatus: 1, ...failed(stderr) };
  const problem = await actions[0]?.explain?.(context.helm([]), { ...result, stderr });
  expect(problem?.details?.at(-1)).toContain(said);
});
