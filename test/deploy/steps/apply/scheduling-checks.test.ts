import { describe, expect, test } from 'vitest';
import { storageCheck, taintsCheck } from '../../../../lib/deploy/steps/apply/scheduling-checks.ts';
import { codes, findings } from '../../preflight/answers.ts';

describe('the check of the taints', () => {
  const node = (name: string, spec: object = {}) => ({
    metadata: { name },
    spec,
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  });
  const with_ = (...items: readonly object[]) => ({ answers: { 'kubectl get nodes': { items } } });
  const tainted = node('b', { taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }] });

  test('is content with one open node', async () => {
    expect(await codes(taintsCheck, with_(node('a'), tainted))).toEqual([]);
  });

  test('taints of every node are reported with how to remove one', async () => {
    const { problems = [] } = await findings(taintsCheck, with_(tainted));
    expect(problems[0]).toMatchObject({
      code: 'deploy/nodes-tainted',
      message: expect.stringMatching(/and 10 more workloads: b \(dedicated=gpu:NoSchedule\)$/),
      suggestion: 'run: kubectl taint node b dedicated=gpu:NoSchedule-',
    });
  });

  test('leaves the taints of Kubernetes to the check of the nodes', async () => {
    const pressed = node('a', { taints: [{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }] });
    expect(await codes(taintsCheck, with_(pressed))).toEqual([]);
  });
});

describe('the check of the storage classes', () => {
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

  test('a missing storage class is reported with how to install one', async () => {
    const { problems = [] } = await findings(storageCheck, classes());
    expect(problems[0]?.suggestion).toMatch(/^run: kubectl apply -f .*local-path-storage.yaml$/);
  });
});
