import { z } from 'zod';
import type { PermissionRule } from '../../chart/permissions.ts';
import type { Manifest } from '../../model/manifest.ts';
import { readModel } from '../../model/read-model.ts';
import { readSources } from '../../model/source/read-sources.ts';
import type { DeployContext } from '../../run/context.ts';
import { answerOf, ifReachable, readObjectText } from '../../run/kube/read.ts';
import { listAt, textAt } from '../../yaml/value.ts';
import { permissionKey, permissions, type RequiredPermission } from './permission.ts';
import type { PreflightContext } from './preflight-context.ts';

const accessGroup = 'rbac.authorization.k8s.io';

const texts = z.array(z.string()).default([]);

const rule = z.object({
  apiGroups: texts,
  resources: texts,
  verbs: texts,
  resourceNames: texts,
  nonResourceURLs: texts,
});

/** A role by its kind and name; the namespace of a Role. */
interface RoleName {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** @param namespace where the rules hold; undefined: in the whole cluster */
const ofRules = (rules: readonly unknown[], namespace: string | undefined): RequiredPermission[] =>
  rules.flatMap((written) => {
    const { apiGroups, resources, verbs, resourceNames, nonResourceURLs } = rule.parse(written);
    const ofResources = apiGroups.flatMap((group) => permissions(namespace, group, resources, verbs));
    const ofAddresses = nonResourceURLs.flatMap((path) =>
      verbs.map((verb) => ({ verb, group: '', resource: '', namespace: undefined, path })),
    );
    const named = resourceNames.flatMap((name) => ofResources.map((permission) => ({ ...permission, name })));
    return [...(resourceNames.length === 0 ? ofResources : named), ...ofAddresses];
  });

/** Rules of another shape are refused by the API server, and so grant nothing. */
const readRules = (role: unknown): readonly unknown[] =>
  listAt(role, 'rules').filter((written) => rule.safeParse(written).success);

const roleResource = ({ kind }: Pick<RoleName, 'kind'>): string => (kind === 'Role' ? 'roles' : 'clusterroles');

/** Permission to do something with one role whatever it grants. */
const ofRole = (verb: 'bind' | 'escalate', role: RoleName, namespace = role.namespace): RequiredPermission => ({
  verb,
  group: accessGroup,
  resource: roleResource(role),
  namespace,
  name: role.name,
});

/**
 * The permissions that a role grants. Kubernetes lets a user grant only permissions that the user has, unless the user
 * may escalate the role. A role that stays as it is grants nothing new.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
export async function rolePermissions(
  context: Pick<DeployContext, 'runner' | 'kubectl'>,
  { kind, name, namespace, value }: Manifest,
): Promise<RequiredPermission[]> {
  if (kind !== 'ClusterRole' && kind !== 'Role') {
    return [];
  }
  const role = { kind, name, namespace: kind === 'Role' ? namespace : undefined };
  return newPermissions(context, role, ofRules(readRules(value), role.namespace));
}

async function newPermissions(
  context: Pick<DeployContext, 'runner' | 'kubectl'>,
  role: RoleName,
  granted: readonly RequiredPermission[],
): Promise<RequiredPermission[]> {
  const live = await liveRules(context, role);
  const keys = new Set(granted.map(permissionKey));
  const present = new Set(live && ofRules(live, role.namespace).map(permissionKey));
  return keys.size === present.size && [...keys].every((key) => present.has(key))
    ? []
    : granted.map((permission) => ({ ...permission, unless: ofRole('escalate', role) }));
}

/** The rules of a role of the cluster; undefined where there is none, or this user cannot read it. */
async function liveRules(
  context: Pick<DeployContext, 'runner' | 'kubectl'>,
  { kind, name, namespace }: RoleName,
): Promise<readonly unknown[] | undefined> {
  const place = namespace === undefined ? [] : [`--namespace=${namespace}`];
  const resource = kind === 'Role' ? 'role' : 'clusterrole';
  const command = context.kubectl(['get', resource, name, ...place, '--ignore-not-found', '--output=json']);
  const text = await ifReachable(() => readObjectText(context, command));
  return text === undefined || text.trim() === '' ? undefined : readRules(answerOf(command, text, z.unknown()));
}

/**
 * The permissions that a binding grants: those of its role, unless the user may bind the role. Of a role that cannot be
 * read only the latter is known.
 *
 * @param applied all manifests that are applied with it
 */
export async function bindingPermissions(
  context: Pick<DeployContext, 'runner' | 'kubectl'>,
  { kind, namespace: own, value }: Manifest,
  applied: readonly Manifest[],
): Promise<RequiredPermission[]> {
  if (kind !== 'ClusterRoleBinding' && kind !== 'RoleBinding') {
    return [];
  }
  const namespace = kind === 'RoleBinding' ? own : undefined;
  const roleKind = textAt(value, 'roleRef', 'kind') === 'Role' ? 'Role' : 'ClusterRole';
  const role = {
    kind: roleKind,
    name: textAt(value, 'roleRef', 'name') ?? '',
    namespace: roleKind === 'Role' ? namespace : undefined,
  };
  const written = applied.find(
    (manifest) =>
      manifest.kind === role.kind &&
      manifest.name === role.name &&
      (role.namespace === undefined || manifest.namespace === role.namespace),
  );
  const bind = ofRole('bind', role, namespace);
  const rules = written === undefined ? await liveRules(context, role) : readRules(written.value);
  return rules === undefined
    ? [bind]
    : ofRules(rules, namespace).map((permission) => ({ ...permission, unless: bind }));
}

/** The permissions that the chart of the collector grants by its roles, as far as the values show it. */
export async function chartPermissions(preflight: PreflightContext): Promise<RequiredPermission[]> {
  if (!(await preflight.has('dist'))) {
    return [];
  }
  const { context } = preflight;
  const { namespace, collector } = context.config;
  const { collectors } = readModel(readSources([context.dist]), {
    namespace,
    releaseNamespace: collector.namespace,
    releaseName: collector.release,
  });
  const roles = new Map(
    collectors.flatMap(({ rendered }) => rendered?.roles ?? []).map((role) => [role.title, role.rules ?? []]),
  );
  const needed = await Promise.all(
    [...roles].map(([title, rules]) => {
      const [kind = '', name = ''] = title.split(' ');
      const role = { kind, name, namespace: undefined };
      return newPermissions(context, role, ofRules(rules satisfies readonly PermissionRule[], undefined));
    }),
  );
  return needed.flat();
}
