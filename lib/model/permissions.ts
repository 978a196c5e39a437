import { listAt, textAt, textListAt } from '../yaml/value.ts';
import type { Manifest } from './manifest.ts';
import type { Model } from './model.ts';
import { memoized } from './spans/memoized.ts';

/** One rule of a role. */
export interface PermissionRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** What a ServiceAccount may do by one role. */
export interface GrantedRole {
  /** Kind and name. */
  readonly title: string;
  /** Where it holds; undefined: in the whole cluster. */
  readonly namespace: string | undefined;
  /** Undefined where the role was not read. */
  readonly rules: readonly PermissionRule[] | undefined;
}

/** The roles that a ServiceAccount is bound to, as far as manifests show it. */
export const rolesOf = (model: Model, namespace: string, account: string): readonly GrantedRole[] =>
  granted(model).get(`${namespace}/${account}`) ?? [];

const granted = memoized((model): ReadonlyMap<string, readonly GrantedRole[]> => {
  const found = new Map<string, GrantedRole[]>();
  for (const binding of model.manifests) {
    if (binding.kind === 'ClusterRoleBinding' || binding.kind === 'RoleBinding') {
      for (const account of subjectsOf(binding, model.namespace.name)) {
        found.set(account, [...(found.get(account) ?? []), roleOf(model, binding)]);
      }
    }
  }
  return found;
});

const subjectsOf = ({ value, namespace }: Manifest, defaultNamespace: string): string[] =>
  listAt(value, 'subjects')
    .filter((subject) => textAt(subject, 'kind') === 'ServiceAccount')
    .map((subject) => `${textAt(subject, 'namespace') ?? namespace ?? defaultNamespace}/${textAt(subject, 'name')}`);

function roleOf(model: Model, { kind, value, namespace = model.namespace.name }: Manifest): GrantedRole {
  const roleKind = textAt(value, 'roleRef', 'kind') ?? 'ClusterRole';
  const name = textAt(value, 'roleRef', 'name') ?? '';
  const role =
    roleKind === 'Role'
      ? model.find('Role', name, namespace)
      : model.manifests.find((manifest) => manifest.kind === 'ClusterRole' && manifest.name === name);
  return {
    title: `${roleKind} ${name}`,
    namespace: kind === 'RoleBinding' ? namespace : undefined,
    rules:
      role &&
      listAt(role.value, 'rules').map((rule) => ({
        apiGroups: textListAt(rule, 'apiGroups'),
        resources: textListAt(rule, 'resources'),
        verbs: textListAt(rule, 'verbs'),
      })),
  };
}
