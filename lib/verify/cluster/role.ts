import { groupBy } from '../../group-by.ts';
import { toYaml } from '../../yaml/to-yaml.ts';
import { neededPermissions, type OptionalPermissions, type VerifyPermission } from './permissions.ts';

/** Name of the roles that are printed. */
const roleName = 'podhost-verify';

/**
 * The permissions of a run as manifests: a Role in each namespace and a ClusterRole. Who gets them is for the reader to
 * bind.
 */
export function roleManifests(namespaces: readonly string[], optional: OptionalPermissions = {}): string {
  const permissions = neededPermissions(namespaces, optional);
  const ofCluster = permissions.filter(({ namespace }) => namespace === undefined);
  const roles = namespaces.map((namespace) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: roleName, namespace },
    rules: rulesOf(permissions.filter((permission) => permission.namespace === namespace)),
  }));
  const clusterRole = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: roleName },
    rules: rulesOf(ofCluster),
  };
  return [clusterRole, ...roles].map((role) => toYaml(role)).join('---\n');
}

/** One rule for each API group and verb. */
function rulesOf(permissions: readonly VerifyPermission[]): object[] {
  const groups = groupBy(permissions, ({ resource, verb }) => `${resource.group} ${verb}`);
  return [...groups.values()].map((group) => ({
    apiGroups: [group[0].resource.group],
    resources: group.map(({ resource, subresource }) =>
      subresource === undefined ? resource.name : `${resource.name}/${subresource}`,
    ),
    verbs: [group[0].verb],
  }));
}
