import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { permissionsCheck } from '../../../lib/deploy/preflight/permissions-check.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type BedProps, bed, findings, withDeploy } from './answers.ts';
import { argoCdSystem } from './gitops-dist.ts';

const review = (verb: string, resource: string, group: string, namespace: string | undefined, allowed: boolean) =>
  JSON.stringify({ spec: { resourceAttributes: { verb, resource, group, namespace } }, status: { allowed } }, null, 4);
const whoami = { status: { userInfo: { username: 'anna@example.com' } } };

describe('the check of the permissions', () => {
  test('is content when all are given', async () => {
    const answers = { 'kubectl create': review('patch', 'services', '', 'shop', true) };
    expect(await findings(permissionsCheck, { answers })).toEqual({});
  });

  test('puts what one role can give into one problem', async () => {
    const printed = [
      review('create', 'services', '', 'shop', true),
      review('patch', 'deployments', 'apps', 'shop', false),
      review('patch', 'statefulsets', 'apps', 'shop', false),
      review('create', 'namespaces', '', undefined, false),
    ].join('\n');
    const { problems } = await findings(permissionsCheck, {
      answers: { 'kubectl create': printed, 'kubectl auth whoami': whoami },
    });
    expect(problems).toEqual([
      {
        code: 'deploy/missing-permission',
        message:
          'anna@example.com has no permission to patch deployments.apps, statefulsets.apps in the namespace shop',
        suggestion:
          'ask an administrator to run: kubectl create clusterrole podhost-dataprime-demo-1 --verb=patch --resource=deployments.apps,statefulsets.apps && kubectl create rolebinding --namespace=shop podhost-dataprime-demo-1 --clusterrole=podhost-dataprime-demo-1 --user=anna@example.com',
      },
      {
        code: 'deploy/missing-permission',
        message: 'anna@example.com has no permission to create namespaces in the cluster',
        suggestion:
          'ask an administrator to run: kubectl create clusterrole podhost-dataprime-demo-2 --verb=create --resource=namespaces && kubectl create clusterrolebinding podhost-dataprime-demo-2 --clusterrole=podhost-dataprime-demo-2 --user=anna@example.com',
      },
    ]);
  });

  test('asks for all of them at once, each once', async () => {
    const { asked, texts } = await reviews();
    expect(asked).toBe(1);
    expect(texts.length).toBeGreaterThan(60);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).toContain('patch middlewares traefik.io dataprime-demo');
    expect(texts).toContain('get pods/log  coralogix');
    expect(texts).toContain('update leases coordination.k8s.io default');
  });

  test('asks for these permissions and no others', async () => {
    const { texts } = await reviews();
    expect(verbsByResource(texts)).toMatchSnapshot();
  });

  test('asks for these permissions of the operator and no others', async () => {
    const { operator } = bed().context.config.deploy;
    const change = withDeploy({ operator: { ...operator, enabled: true } });
    const { texts } = await reviews({ steps: ['operator'], change });
    expect(verbsByResource(texts)).toMatchSnapshot();
  });

  test('asks for what the operator needs, and for the kinds that it will bring', async () => {
    const { operator } = bed().context.config.deploy;
    const dist = mkdtempSync(join(temporaryFolder(), 'dist-'));
    const slo = { apiVersion: 'coralogix.com/v1alpha1', kind: 'SLO', metadata: { name: 'a', namespace: 'shop' } };
    writeFileSync(join(dist, 'slo.json'), JSON.stringify(slo));
    const { texts } = await reviews({ dist, change: withDeploy({ operator: { ...operator, enabled: true } }) });
    expect(texts).toEqual(
      expect.arrayContaining([
        'create slos coralogix.com shop',
        'delete customresourcedefinitions apiextensions.k8s.io ',
        'create rolebindings rbac.authorization.k8s.io coralogix-operator-system',
        'patch deployments apps coralogix-operator-system',
      ]),
    );
  });

  test('the permission to delete covers exactly the kinds that a deployment prunes', async () => {
    const dist = mkdtempSync(join(temporaryFolder(), 'dist-'));
    const items = [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api', namespace: 'shop' } },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'api', namespace: 'shop' } },
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'shop' } },
    ];
    writeFileSync(join(dist, 'all.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    const deleted = async (pruneVolumes: boolean) =>
      (await reviews({ dist, steps: ['apply'], pruneVolumes })).texts.filter((text) => text.startsWith('delete'));
    expect(await deleted(false)).toEqual(['delete services  shop', 'delete deployments apps shop']);
    expect(await deleted(true)).toEqual([
      'delete services  shop',
      'delete deployments apps shop',
      'delete persistentvolumeclaims  shop',
    ]);
  });

  test('the permission to delete covers every kind of object that helm manages for the operator', async () => {
    const { operator } = bed().context.config.deploy;
    const change = withDeploy({ operator: { ...operator, enabled: true } });
    const { texts } = await reviews({ steps: ['operator'], change });
    expect(texts.filter((text) => text.startsWith('delete')).sort()).toEqual([
      'delete clusterrolebindings rbac.authorization.k8s.io ',
      'delete clusterroles rbac.authorization.k8s.io ',
      'delete configmaps  coralogix-operator-system',
      'delete customresourcedefinitions apiextensions.k8s.io ',
      'delete daemonsets apps coralogix-operator-system',
      'delete deployments apps coralogix-operator-system',
      'delete rolebindings rbac.authorization.k8s.io coralogix-operator-system',
      'delete roles rbac.authorization.k8s.io coralogix-operator-system',
      'delete secrets  coralogix-operator-system',
      'delete serviceaccounts  coralogix-operator-system',
      'delete services  coralogix-operator-system',
    ]);
  });

  test('asks for no more than the steps need', async () => {
    const { texts } = await reviews({ steps: ['secrets'] });
    expect(new Set(texts.map((text) => text.split(' ')[1]))).toEqual(new Set(['leases', 'namespaces', 'secrets']));
  });

  test('with a GitOps tool only permissions for its configuration and the namespaces are checked', async () => {
    const written = async (props: BedProps) =>
      (await reviews({ ...argoCdSystem(), ...props })).texts.filter((text) =>
        /^(create|delete) (?!leases|secrets)/.test(text),
      );
    expect(await written({ steps: ['apply'] })).toEqual(['create applications argoproj.io argocd']);
    expect(await written({ steps: ['secrets', 'apply'] })).toEqual([
      'create namespaces  ',
      'create applications argoproj.io argocd',
    ]);
  });
});

/** `resource group namespace: verbs` of the permissions that are asked for. */
function verbsByResource(texts: readonly string[]): string[] {
  const found = new Map<string, string[]>();
  for (const text of texts) {
    const [verb = '', ...resource] = text.split(' ');
    found.set(resource.join(' '), [...(found.get(resource.join(' ')) ?? []), verb]);
  }
  return [...found].map(([resource, verbs]) => `${resource}: ${verbs.join(' ')}`).sort();
}

const list = z.object({
  items: z.array(
    z.object({
      spec: z.object({
        resourceAttributes: z.object({
          verb: z.string(),
          resource: z.string(),
          subresource: z.string().optional(),
          group: z.string(),
          namespace: z.string().optional(),
        }),
      }),
    }),
  ),
});

/** What the server was asked, and how often. */
async function reviews(props: BedProps = {}) {
  const { preflight, runner } = bed(props);
  await preflight.result(permissionsCheck);
  const asked = runner.asked.filter(({ args }) => args[0] === 'create');
  const input = asked[0]?.input;
  const { items } = list.parse(JSON.parse(input !== undefined && 'text' in input ? input.text : ''));
  const texts = items.map(({ spec: { resourceAttributes: it } }) =>
    [
      it.verb,
      it.subresource === undefined ? it.resource : `${it.resource}/${it.subresource}`,
      it.group,
      it.namespace,
    ].join(' '),
  );
  return { asked: asked.length, texts };
}
