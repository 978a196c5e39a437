import { describe, expect, test } from 'vitest';
import { pruneActions } from '../../../../lib/deploy/steps/apply/step.ts';
import { type Answer, failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

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
  const context = { ...testContext({ runner }), tell: (text: string) => told.push(text) };
  return { actions: await pruneActions(context, []), told };
}

const titles = async (answers: Readonly<Record<string, Answer>>) =>
  (await pruned(answers)).actions.map(({ title }) => title);

describe('what an earlier version left', () => {
  test('is removed', async () => {
    expect(await titles({})).toEqual(['Remove configmap/old from shop']);
  });

  test('is removed also while the server of some other group does not answer', async () => {
    const partly = { ...failed('error: unable to retrieve the complete list'), stdout: 'configmaps\n' };
    expect(await titles({ 'kubectl api-resources': partly })).toEqual(['Remove configmap/old from shop']);
  });

  test('is not taken for nothing when it cannot be looked for', async () => {
    for (const call of ['kubectl api-resources', 'kubectl get configmaps --namespace=shop']) {
      const { actions } = await pruned({ [call]: failed('connection refused') });
      expect(actions.map(({ title }) => title)).toEqual(['Look for what an earlier version left']);
      await expect(actions[0]?.prove?.()).rejects.toThrow('connection refused');
    }
  });

  test('is not taken for nothing when the look was stopped in the middle', async () => {
    const { actions } = await pruned({ 'kubectl api-resources': { exitStatus: undefined, stdout: 'configmaps\n' } });
    expect(actions.map(({ title }) => title)).toEqual(['Look for what an earlier version left']);
  });

  test('stays for want of a right to look, and is told', async () => {
    const stderr = 'Error from server (Forbidden): configmaps is forbidden: User "ci" cannot list resource';
    const { actions, told } = await pruned({ 'kubectl get configmaps --namespace=shop': failed(stderr) });
    expect(actions).toEqual([]);
    expect(told).toEqual([expect.stringContaining('for want of a right to look for it: configmaps is forbidden')]);
  });
});
