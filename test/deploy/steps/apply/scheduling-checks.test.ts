import { expect, test } from 'vitest';
import { storageCheck } from '../../../../lib/deploy/steps/apply/scheduling-checks.ts';
import { findings } from '../../preflight/answers.ts';

const classes = (...names: string[]) => ({
  answers: { 'kubectl get storageclasses': { items: names.map((name) => ({ metadata: { name } })) } },
});

test('the class that the claims name is there', async () => {
  expect((await findings(storageCheck, classes('local-path'))).problems).toEqual([]);
});

test('another one is offered in its place', async () => {
  const { problems = [] } = await findings(storageCheck, classes('gp3'));
  expect(problems).toEqual([
    {
      code: 'deploy/no-storage-class',
      message: expect.stringMatching(/^the cluster has no storage class local-path, so .*StatefulSet redis/),
      suggestion: expect.stringMatching(/^write: storageClassName: gp3; or run: kubectl apply -f https:/),
    },
  ]);
});

test('where there is none, the way to one is told', async () => {
  const { problems = [] } = await findings(storageCheck, classes());
  expect(problems[0]?.suggestion).toMatch(/^run: kubectl apply -f .*local-path-storage.yaml$/);
});
