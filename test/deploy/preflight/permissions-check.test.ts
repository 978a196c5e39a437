import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { SystemConfig } from '../../../lib/config/schema/system.ts';
import { permissionsCheck } from '../../../lib/deploy/preflight/permissions-check.ts';
import { formatProblems } from '../../../lib/problems/format.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type Answers, type BedProps, bed, findings, withDeploy } from './answers.ts';
import { argoCdSystem } from './gitops-dist.ts';

const review = (verb: string, resource: string, group: string, namespace: string | undefined, allowed: boolean) =>
  JSON.stringify({ spec: { resourceAttributes: { verb, resource, group, namespace } }, status: { allowed } }, null, 4);
const whoami = { status: { userInfo: { username: 'anna@example.com' } } };

describe('the check of the permissions', () => {
  test('is content when all are given', async () => {
    const answers = { 'kubectl create': review('patch', 'services', '', 'shop', true) };
    expect(await findings(permissionsCheck, { answers })).toEqual({});
  });

  const denied = [
    review('create', 'services', '', 'shop', true),
    review('patch', 'deployments', 'apps', 'shop', false),
    review('patch', 'statefulsets', 'apps', 'shop', false),
    review('create', 'configmaps', '', 'shop', false),
    review('create', 'namespaces', '', undefined, false),
  ].join('\n');
  const change = (config: SystemConfig) => ({ ...config, namespace: 'shop' });
  const rolesOf = async (answers: Answers) => {
    const dist = mkdtempSync(join(temporaryFolder(), 'dist-'));
    const items = [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', namespace: 'shop' } },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
      ...['Deployment', 'StatefulSet'].map((kind) => ({
        apiVersion: 'apps/v1',
        kind,
        metadata: { name: 'a', namespace: 'shop' },
      })),
    ];
    writeFileSync(join(dist, 'all.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    const props: BedProps = { steps: ['apply'], dist, change, answers: { 'kubectl create': denied, ...answers } };
    return (await findings(permissionsCheck, props)).problems ?? [];
  };

  test('prints the role of each namespace with just what is missing, and its binding', async () => {
    const problems = await rolesOf({ 'kubectl auth whoami': whoami });
    expect(problems.map(({ message }) => message)).toEqual([
      'anna@example.com has no permission to create configmaps; patch deployments.apps, statefulsets.apps in the namespace shop',
      'anna@example.com has no permission to create namespaces in the cluster',
    ]);
    expect(problems.map(({ suggestion }) => suggestion)).toEqual([
      'ask a cluster administrator to save these lines as podhost-dataprime-demo-shop.yaml and to run: kubectl auth reconcile --filename=podhost-dataprime-demo-shop.yaml',
      'ask a cluster administrator to save these lines as podhost-dataprime-demo-cluster.yaml and to run: kubectl auth reconcile --filename=podhost-dataprime-demo-cluster.yaml',
    ]);
    expect(problems.map(({ details = [] }) => parse(details.join('\n')))).toMatchObject([
      {
        kind: 'List',
        items: [
          {
            kind: 'Role',
            metadata: { name: 'podhost-dataprime-demo', namespace: 'shop' },
            rules: [
              { apiGroups: [''], resources: ['configmaps'], verbs: ['create'] },
              { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: ['patch'] },
            ],
          },
          {
            kind: 'RoleBinding',
            metadata: { name: 'podhost-dataprime-demo', namespace: 'shop' },
            roleRef: { kind: 'Role', name: 'podhost-dataprime-demo' },
            subjects: [{ kind: 'User', name: 'anna@example.com' }],
          },
        ],
      },
      {
        items: [
          { kind: 'ClusterRole', rules: [{ apiGroups: [''], resources: ['namespaces'], verbs: ['create'] }] },
          { kind: 'ClusterRoleBinding' },
        ],
      },
    ]);
    expect(formatProblems(problems, { format: 'text' })).toContain('\n          - configmaps\n');
  });

  test('binds the role to the ServiceAccount of a user that is one', async () => {
    const username = 'system:serviceaccount:ci:deployer';
    const [problem] = await rolesOf({ 'kubectl auth whoami': { status: { userInfo: { username } } } });
    expect(parse((problem?.details ?? []).join('\n'))).toMatchObject({
      items: [{}, { subjects: [{ kind: 'ServiceAccount', namespace: 'ci', name: 'deployer' }] }],
    });
  });

  test('asks for the name of a user that the API server does not report', async () => {
    const [problem] = await rolesOf({
      'kubectl auth whoami': { fails: 'the server does not know selfsubjectreviews' },
    });
    expect(problem?.message).toMatch(/^this user has no permission/);
    expect(problem?.suggestion).toContain('with the name of the user for YOUR-NAME');
  });

  test('is content with the permission to escalate in place of what a role grants', async () => {
    const dist = mkdtempSync(join(temporaryFolder(), 'dist-'));
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }];
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'a', namespace: 'shop' },
      rules,
    };
    writeFileSync(join(dist, 'role.json'), JSON.stringify(role));
    const kinds = 'roles rbac.authorization.k8s.io/v1 true Role';
    const escalating = (allowed: boolean) => {
      const resourceAttributes = {
        verb: 'escalate',
        resource: 'roles',
        group: 'rbac.authorization.k8s.io',
        namespace: 'shop',
        name: 'a',
      };
      const answer = { spec: { resourceAttributes }, status: { allowed } };
      return {
        'kubectl api-resources': kinds,
        'kubectl get role a': '',
        'kubectl create': [review('list', 'pods', '', 'shop', false), JSON.stringify(answer, null, 4)].join('\n'),
        'kubectl auth whoami': whoami,
      };
    };
    const messages = async (allowed: boolean) =>
      ((await findings(permissionsCheck, { steps: ['apply'], dist, answers: escalating(allowed) })).problems ?? []).map(
        ({ message }) => message,
      );
    expect(await messages(true)).toEqual([]);
    expect(await messages(false)).toEqual(['anna@example.com has no permission to list pods in the namespace shop']);
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
          name: z.string().optional(),
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
      ...(it.name === undefined ? [] : [it.name]),
    ].join(' '),
  );
  return { asked: asked.length, texts };
}
