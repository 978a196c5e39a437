import { describe, expect, test } from 'vitest';
import { bindingPermissions, rolePermissions } from '../../../lib/deploy/preflight/granted-permissions.ts';
import type { RequiredPermission } from '../../../lib/deploy/preflight/permission.ts';
import type { Manifest } from '../../../lib/model/manifest.ts';
import { readModel } from '../../../lib/model/read-model.ts';
import { type Answers, bed } from './answers.ts';

const apiVersion = 'rbac.authorization.k8s.io/v1';
const rules = [
  { apiGroups: ['', 'apps'], resources: ['pods'], verbs: ['list'] },
  { nonResourceURLs: ['/metrics'], verbs: ['get'] },
];
const role = (kind: string, own: readonly object[] = rules) => ({
  apiVersion,
  kind,
  metadata: { name: 'agent', namespace: 'shop' },
  rules: own,
});
const binding = (kind: string, roleRef: object) => ({
  apiVersion,
  kind,
  metadata: { name: 'agent', namespace: 'shop' },
  roleRef,
});
const absent: Answers = { 'kubectl get clusterrole': '', 'kubectl get role': '' };

function manifestsOf(...objects: readonly object[]): readonly Manifest[] {
  return readModel([{ file: 'all.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) }])
    .manifests;
}

const text = ({ verb, group, resource, namespace, name, path }: RequiredPermission): string =>
  [verb, path ?? `${resource}.${group}`, name, namespace].filter((part) => part !== undefined).join(' ');
const texts = (all: readonly RequiredPermission[]) =>
  all.map(({ unless, ...own }) => `${text(own)}${unless === undefined ? '' : `, unless ${text(unless)}`}`);

async function granted(objects: readonly object[], answers: Answers = absent): Promise<string[]> {
  const { context } = bed({ answers });
  const manifests = manifestsOf(...objects);
  const all = await Promise.all(
    manifests.flatMap((manifest) => [
      rolePermissions(context, manifest),
      bindingPermissions(context, manifest, manifests),
    ]),
  );
  return texts(all.flat());
}

describe('a role', () => {
  test('needs what it grants, unless the user may escalate it', async () => {
    const escalate = 'unless escalate clusterroles.rbac.authorization.k8s.io agent';
    expect(await granted([role('ClusterRole')])).toEqual([
      `list pods., ${escalate}`,
      `list pods.apps, ${escalate}`,
      `get /metrics, ${escalate}`,
    ]);
  });

  test('needs it in its namespace alone, if it is a Role', async () => {
    expect((await granted([role('Role')]))[0]).toBe(
      'list pods. shop, unless escalate roles.rbac.authorization.k8s.io agent shop',
    );
  });

  test('needs only the objects that its rules name', async () => {
    const named = role('ClusterRole', [{ ...rules[0], apiGroups: [''], resourceNames: ['one'] }]);
    expect((await granted([named]))[0]).toMatch(/^list pods\. one, unless/);
  });

  test('needs nothing where the cluster has it with the same rules', async () => {
    const live = { ...role('ClusterRole'), rules: [rules[1], rules[0]] };
    expect(await granted([role('ClusterRole')], { 'kubectl get clusterrole agent': live })).toEqual([]);
    const fewer = { ...role('ClusterRole'), rules: [rules[1]] };
    expect(await granted([role('ClusterRole')], { 'kubectl get clusterrole agent': fewer })).toHaveLength(3);
  });
});

describe('a binding', () => {
  const toAgent = binding('RoleBinding', { kind: 'ClusterRole', name: 'agent' });
  const bind = 'bind clusterroles.rbac.authorization.k8s.io agent shop';

  test('needs what a role beside it grants, in its namespace, unless the user may bind it', async () => {
    const needed = await granted([toAgent, role('ClusterRole')]);
    expect(needed.filter((each) => each.includes(bind))).toEqual([
      `list pods. shop, unless ${bind}`,
      `list pods.apps shop, unless ${bind}`,
      `get /metrics, unless ${bind}`,
    ]);
  });

  test('needs what a role of the cluster grants', async () => {
    const live = role('ClusterRole', [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]);
    expect(await granted([toAgent], { 'kubectl get clusterrole agent': live })).toEqual([
      `get pods. shop, unless ${bind}`,
    ]);
  });

  test('needs the permission to bind a role that cannot be read', async () => {
    const forbidden = { fails: 'Error from server (Forbidden): clusterroles is forbidden' };
    expect(await granted([toAgent], { 'kubectl get clusterrole agent': forbidden })).toEqual([bind]);
    const inCluster = binding('ClusterRoleBinding', { kind: 'ClusterRole', name: 'agent' });
    expect(await granted([inCluster], { 'kubectl get clusterrole agent': forbidden })).toEqual([
      'bind clusterroles.rbac.authorization.k8s.io agent',
    ]);
  });
});

test('nothing else grants anything', async () => {
  expect(await granted([role('ConfigMap')])).toEqual([]);
});
