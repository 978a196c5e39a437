import { expect, test } from 'vitest';
import { rolloutActions } from '../../../../lib/deploy/steps/apply/rollout.ts';
import { RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

const workload = (ready: boolean) => ({
  kind: 'Deployment',
  metadata: { name: 'api', generation: 1 },
  spec: { replicas: 1 },
  status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: ready ? 1 : 0 },
});

/** What is said of workloads of which so many are unfinished at each look. */
async function said(...unfinished: number[]) {
  let looks = 0;
  const runner = new RecordingRunner({
    'kubectl get deployments': () => {
      const left = unfinished[Math.min(looks, unfinished.length - 1)] ?? 0;
      looks += 1;
      return JSON.stringify({ items: Array.from({ length: 40 }, (_, index) => workload(index >= left)) });
    },
  });
  const objects = Array.from({ length: 40 }, (_, index) => ({
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', name: `api-${index}`, namespace: 'shop' },
  }));
  const [action] = rolloutActions(testContext({ runner }), objects, async () => {});
  const told: string[] = [];
  return { reason: await action?.upToDate?.((progress) => told.push(progress)), looks, told };
}

test('workloads that become ready one after the other are looked up together', async () => {
  expect(await said(3, 2, 2, 1, 0)).toMatchObject({ reason: 'all 40 are rolled out', looks: 5 });
});

test('the number of ready workloads is reported at each lookup', async () => {
  expect((await said(30, 7, 0)).told).toEqual(['10 of 40', '33 of 40', '40 of 40']);
});

test('a few that get no further are left to kubectl, which says when the time is over', async () => {
  expect(await said(3, 2)).toMatchObject({ reason: undefined, looks: 4 });
});

test('many workloads without progress are looked up for longer', async () => {
  expect(await said(40)).toMatchObject({ reason: undefined, looks: 16 });
});
