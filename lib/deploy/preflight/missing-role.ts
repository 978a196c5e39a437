import { groupBy } from '../../group-by.ts';
import { toYaml } from '../../yaml/to-yaml.ts';
import { qualified } from './api-resources.ts';
import type { RequiredPermission } from './permission.ts';

/** Permissions of which one rule of a role can grant all. */
interface Rule {
  readonly verbs: readonly string[];
  readonly permissions: readonly RequiredPermission[];
}

/** @param common what permissions have in common beside their verbs */
function rulesOf(all: readonly RequiredPermission[], common: (permission: RequiredPermission) => string): Rule[] {
  const objects = groupBy(all, ({ group, resource, name, path }) => JSON.stringify([group, resource, name, path]));
  const sameVerbs = groupBy([...objects.values()], (permissions) =>
    JSON.stringify([permissions.map(({ verb }) => verb), common(permissions[0])]),
  );
  return [...sameVerbs.values()].map((objects) => ({
    verbs: objects[0].map(({ verb }) => verb),
    permissions: objects.map(([permission]) => permission),
  }));
}

/** `patch deployments.apps, statefulsets.apps; create namespaces`. */
export const permissionsText = (all: readonly RequiredPermission[]): string =>
  rulesOf(all, () => '')
    .map(({ verbs, permissions }) => `${verbs.join(', ')} ${permissions.map(objectText).join(', ')}`)
    .join('; ');

function objectText({ group, resource, name, path }: RequiredPermission): string {
  const [plural = '', subresource] = resource.split('/');
  const title = `${qualified({ resource: plural, group })}${subresource === undefined ? '' : `/${subresource}`}`;
  return path ?? `${title}${name === undefined ? '' : ` ${name}`}`;
}

/**
 * The lines of a role with just these permissions, and of its binding to a user. The names are those of every run, so
 * that `kubectl auth reconcile` adds to what an earlier run was granted.
 *
 * @param namespace of the role; undefined for a ClusterRole
 */
export function roleManifest(
  name: string,
  namespace: string | undefined,
  permissions: readonly RequiredPermission[],
  user: string,
): string[] {
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  const rules = rulesOf(permissions, ({ group, name, path }) => JSON.stringify([group, name, path !== undefined])).map(
    writtenRule,
  );
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind, name };
  const items = [
    { apiVersion, kind, metadata, rules },
    { apiVersion, kind: `${kind}Binding`, metadata, roleRef, subjects: [subject(user)] },
  ];
  return toYaml({ apiVersion: 'v1', kind: 'List', items }).trimEnd().split('\n');
}

function writtenRule({ verbs, permissions }: Rule): object {
  const [{ group, name, path } = { group: '' }] = permissions;
  return path === undefined
    ? {
        apiGroups: [group],
        resources: permissions.map(({ resource }) => resource),
        ...(name === undefined ? {} : { resourceNames: [name] }),
        verbs,
      }
    : { nonResourceURLs: permissions.map((permission) => permission.path), verbs };
}

function subject(user: string): object {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
  return namespace === undefined
    ? { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }
    : { kind: 'ServiceAccount', namespace, name };
}
