import { describe, expect, test } from 'vitest';
import { kindsCheck } from '../../../../lib/deploy/steps/apply/kinds-check.ts';
import { codes, emptyCluster, findings } from '../../preflight/answers.ts';
import { argoCdSystem } from '../../preflight/gitops-dist.ts';

const known = String(emptyCluster['kubectl api-resources']);
const of = (resources: string, more = {}) =>
  findings(kindsCheck, { answers: { 'kubectl api-resources': resources, ...more } });

describe('the check of the kinds', () => {
  test('is content when the cluster knows them all', async () => {
    expect(await of(known)).toEqual({ problems: [], notes: [] });
  });

  test('says what brings one that it does not know', async () => {
    const { problems = [] } = await of(known.replace(/^middlewares.*$/m, ''));
    expect(problems).toEqual([
      {
        code: 'deploy/unknown-kind',
        message:
          'the cluster does not serve the kind Middleware of traefik.io/v1alpha1, which dist/40-ingress.yaml uses',
        suggestion: expect.stringContaining('helm upgrade --install traefik traefik'),
      },
    ]);
  });

  test('asks whether a version is served that is not the preferred one', async () => {
    const newer = known.replace('traefik.io/v1alpha1', 'traefik.io/v2');
    expect((await of(newer, { 'kubectl get --raw=/apis/traefik.io/v1alpha1': '{}' })).problems).toEqual([]);
    const { problems = [] } = await of(newer, { 'kubectl get --raw=/apis/traefik.io/v1alpha1': { fails: 'NotFound' } });
    expect(problems[0]?.message).toBe(
      'the cluster serves Middleware as traefik.io/v2, but dist/40-ingress.yaml uses traefik.io/v1alpha1',
    );
  });

  test('with a GitOps tool only the kinds of its configuration are checked', async () => {
    const system = argoCdSystem();
    expect(await codes(kindsCheck, system)).toEqual([]);
    const { problems = [] } = await findings(kindsCheck, { ...system, answers: {} });
    expect(problems).toEqual([
      {
        code: 'deploy/unknown-kind',
        message: expect.stringMatching(
          /^the cluster does not serve the kind Application of argoproj.io\/v1alpha1, which /,
        ),
        suggestion: 'install argo-cd in the namespace argocd, or remove gitops from config/dataprime-demo.yaml',
      },
    ]);
  });

  test('goes on when the server of one group does not answer', async () => {
    const fails = 'error: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: stale';
    const { problems, notes } = await findings(kindsCheck, {
      answers: { 'kubectl api-resources': { fails, stdout: known } },
    });
    expect(problems).toEqual([]);
    expect(notes?.[0]).toContain('metrics.k8s.io/v1beta1: stale');
  });
});
