import { describe, expect, test } from 'vitest';
import { refusedChangesCheck } from '../../../../lib/deploy/steps/apply/refused-changes-check.ts';
import { bed, findings } from '../../preflight/answers.ts';
import { argoCdSystem } from '../../preflight/gitops-dist.ts';

const service = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'dataprime-demo' },
});
const there = { 'kubectl get services,configmaps': { items: [service('redis'), service('frontend')] } };
const refusing = (fails: string) => ({
  ...there,
  'kubectl apply --server-side': { fails, stdout: 'service/frontend serverside-applied (server dry run)\n' },
});
const problems = async (fails: string) => (await findings(refusedChangesCheck, { answers: refusing(fails) })).problems;

describe('the check of changes that the server refuses', () => {
  test('asks nothing when nothing is there', async () => {
    const { preflight, runner } = bed();
    await preflight.result(refusedChangesCheck);
    expect(runner.lines.filter((line) => line.startsWith('kubectl apply'))).toEqual([]);
  });

  test('is content when the server takes them all', async () => {
    const answers = { ...there, 'kubectl apply --server-side': 'service/redis serverside-applied (server dry run)' };
    expect(await findings(refusedChangesCheck, { answers })).toEqual({});
  });

  test('names the object, its fields and who set them', async () => {
    const said =
      'error: Apply failed with 2 conflicts: conflicts with "kubectl-edit" using v1:\n- .spec.type\n- .spec.ports[0].nodePort\nPlease review the fields above--they currently have other managers.';
    expect(await problems(said)).toEqual([
      {
        code: 'deploy/field-conflict',
        message:
          'kubectl-edit has set .spec.type, .spec.ports[0].nodePort of service/redis in dataprime-demo to another value',
        suggestion: expect.stringMatching(/--force-conflicts --filename=dist\/20-redis.yaml$/),
      },
    ]);
  });

  test('an immutable field is reported with a suggestion', async () => {
    const said =
      'The Service "redis" is invalid: spec.clusterIPs[0]: Invalid value: "None": may not be changed, field is immutable';
    expect(await problems(said)).toMatchObject([
      {
        code: 'deploy/refused-change',
        message: expect.stringMatching(
          /^the server rejects the change of service\/redis in dataprime-demo: The Service "redis" is invalid/,
        ),
        suggestion: expect.stringMatching(/kubectl delete service\/redis --namespace=dataprime-demo$/),
      },
    ]);
  });

  test('missing permissions are left to the check of permissions', async () => {
    expect(
      await problems('Error from server (Forbidden): services "redis" is forbidden: User "anna" cannot patch resource'),
    ).toEqual([]);
  });
});

describe('beside a GitOps tool', () => {
  const object = (apiVersion: string, kind: string, name: string, namespace?: string) => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
  });
  const live = {
    'kubectl get namespaces': { items: [object('v1', 'Namespace', 'shop')] },
    'kubectl get deployments.apps --namespace=shop': { items: [object('apps/v1', 'Deployment', 'api', 'shop')] },
  };
  const told = {
    'kubectl get applications.argoproj.io': {
      items: [object('argoproj.io/v1alpha1', 'Application', 'shop', 'argocd')],
    },
  };

  test('what the tool applies, and namespaces that are there, are not asked about', async () => {
    const system = argoCdSystem();
    const { preflight, runner } = bed({ ...system, answers: { ...system.answers, ...live } });
    expect(await preflight.result(refusedChangesCheck)).toEqual({});
    expect(runner.lines.filter((line) => line.startsWith('kubectl apply'))).toEqual([]);
  });

  test('what the tool keeps from its repository is changed there', async () => {
    const system = argoCdSystem();
    const fails = 'error: Apply failed with 1 conflict: conflict with "argocd-controller": .spec.source.helm';
    const answers = { ...system.answers, ...live, ...told, 'kubectl apply --server-side': { fails } };
    expect((await findings(refusedChangesCheck, { ...system, answers })).problems).toEqual([
      {
        code: 'deploy/field-conflict',
        message:
          'argocd-controller has set .spec.source.helm of application.argoproj.io/shop in argocd to another value',
        suggestion: `commit and push ${system.dist}, then run the deployment again after argo-cd has synced it`,
      },
    ]);
  });
});
