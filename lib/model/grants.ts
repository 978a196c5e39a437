import { type Grant, type GrantedRole, permissionRules } from '../chart/permissions.ts';
import { listAt, textAt } from '../yaml/value.ts';
import type { Manifest } from './manifest.ts';

/** What the bindings of manifests grant to accounts. */
export function grantsIn(manifests: readonly Manifest[], defaultNamespace: string): Grant[] {
  const roles = new Map(
    manifests
      .filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role')
      .toReversed()
      .map((role) => [keyOf(role.kind, role.name, role.namespace ?? defaultNamespace), role]),
  );
  return manifests
    .filter(({ kind }) => kind === 'ClusterRoleBinding' || kind === 'RoleBinding')
    .flatMap((binding) => {
      const role = roleOf(roles, binding, defaultNamespace);
      return subjectsOf(binding, defaultNamespace).map((account) => ({ account, role }));
    });
}

const keyOf = (kind: string, name: string, namespace: string): string =>
  kind === 'Role' ? `${kind} ${namespace}/${name}` : `${kind} ${name}`;

const subjectsOf = ({ value, namespace }: Manifest, defaultNamespace: string): string[] =>
  listAt(value, 'subjects')
    .filter((subject) => textAt(subject, 'kind') === 'ServiceAccount')
    .map((subject) => `${textAt(subject, 'namespace') ?? namespace ?? defaultNamespace}/${textAt(subject, 'name')}`);

function roleOf(
  roles: ReadonlyMap<string, Manifest>,
  { kind, value, namespace: own }: Manifest,
  defaultNamespace: string,
): GrantedRole {
  const namespace = own ?? defaultNamespace;
  const roleKind = textAt(value, 'roleRef', 'kind') ?? 'ClusterRole';
  const name = textAt(value, 'roleRef', 'name') ?? '';
  const role = roles.get(keyOf(roleKind, name, namespace));
  return {
    title: `${roleKind} ${name}`,
    namespace: kind === 'RoleBinding' ? namespace : undefined,
    rules: role && permissionRules(role.value),
  };
}
