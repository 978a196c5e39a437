import { systemNamespaces } from '../../config/system-namespaces.ts';
import type { Manifest } from '../../model/manifest.ts';
import { ownValue } from '../../own-value.ts';
import { gitopsFolder, groupOf, isWorkload } from '../../run/kube/objects.ts';
import { leaseNamespace } from '../../run/lease-store.ts';
import { wantedSecrets } from '../steps/secrets/secret.ts';
import type { ApiResource } from './api-resources.ts';
import { bindingPermissions, chartPermissions, rolePermissions } from './granted-permissions.ts';
import { distinct, permissions, type RequiredPermission } from './permission.ts';
import type { PreflightContext } from './preflight-context.ts';
import { installsCollector, installsOperator, runs, type Scope } from './scope.ts';

const workloads = ['daemonsets', 'deployments', 'statefulsets'];

const accessGroup = 'rbac.authorization.k8s.io';

const definitionsGroup = 'apiextensions.k8s.io';

/** The permissions that the steps of a run need. */
export async function requiredPermissions(preflight: PreflightContext): Promise<RequiredPermission[]> {
  const { scope } = preflight;
  const { collector, deploy } = scope.config;
  return distinct([
    ...permissions(leaseNamespace, 'coordination.k8s.io', ['leases'], ['get', 'create', 'update']),
    ...(runs(scope, 'secrets') ? secretPermissions(scope) : []),
    ...(installsCollector(scope)
      ? [...helmPermissions(collector.namespace), ...(await chartPermissions(preflight))]
      : []),
    ...(installsOperator(scope)
      ? [
          ...helmPermissions(deploy.operator.namespace),
          ...permissions(undefined, '', ['namespaces'], ['get', 'create', 'patch']),
          ...permissions(
            undefined,
            definitionsGroup,
            ['customresourcedefinitions'],
            ['get', 'create', 'patch', 'delete'],
          ),
          ...permissions(
            deploy.operator.namespace,
            accessGroup,
            ['roles', 'rolebindings'],
            ['get', 'create', 'patch', 'delete'],
          ),
          ...watchPermissions(deploy.operator.namespace, scope),
        ]
      : []),
    ...((await preflight.has('dist')) && runs(scope, 'apply') ? await manifestPermissions(preflight) : []),
    ...systemNamespaces(preflight.context).flatMap((namespace) => watchPermissions(namespace, scope)),
  ]);
}

const secretPermissions = ({ config }: Scope): RequiredPermission[] => [
  ...permissions(undefined, '', ['namespaces'], ['get', 'create', 'patch']),
  ...wantedSecrets(config).flatMap(({ namespace }) =>
    permissions(namespace, '', ['secrets'], ['get', 'create', 'patch']),
  ),
];

/** Helm stores its releases in Secrets; the other permissions are for the objects of the charts. */
const helmPermissions = (namespace: string): RequiredPermission[] => [
  ...permissions(namespace, '', ['secrets'], ['get', 'list', 'create', 'update', 'delete']),
  ...permissions(namespace, '', ['configmaps', 'serviceaccounts', 'services'], ['get', 'create', 'patch', 'delete']),
  ...permissions(
    namespace,
    'apps',
    ['daemonsets', 'deployments'],
    ['get', 'list', 'watch', 'create', 'patch', 'delete'],
  ),
  ...permissions(undefined, accessGroup, ['clusterroles', 'clusterrolebindings'], ['get', 'create', 'patch', 'delete']),
];

/** Permissions to apply each manifest and to prune, unless a GitOps tool prunes. */
async function manifestPermissions(preflight: PreflightContext): Promise<RequiredPermission[]> {
  const { applied, kinds, context, scope } = preflight;
  const known = await kinds;
  const isPruned = gitopsFolder(scope.config) === undefined;
  const ofObjects = applied.flatMap((manifest) => {
    const found = known.of(manifest) ?? (installsOperator(scope) ? operatorKind(manifest) : undefined);
    if (found === undefined) {
      return [];
    }
    const { kind } = manifest;
    const isKept = !isPruned || kind === 'Namespace' || (kind === 'PersistentVolumeClaim' && !context.pruneVolumes);
    const verbs = [
      ...['get', 'create', 'patch'],
      ...(kind === 'Namespace' ? [] : ['list']),
      ...(isKept ? [] : ['delete']),
      ...(isWorkload(manifest) ? ['watch'] : []),
    ];
    return permissions(found.isNamespaced ? manifest.namespace : undefined, found.group, [found.resource], verbs);
  });
  const roles = await Promise.all(applied.map((manifest) => rolePermissions(context, manifest)));
  const bindings = await Promise.all(applied.map((manifest) => bindingPermissions(context, manifest, applied)));
  return [...ofObjects, ...roles.flat(), ...bindings.flat()];
}

/** Kinds that the operator installs before the manifests are applied. */
const operatorKinds: Readonly<Record<string, string>> = { SLO: 'slos', Alert: 'alerts' };

function operatorKind({
  apiVersion,
  kind,
}: Manifest): Pick<ApiResource, 'group' | 'resource' | 'isNamespaced'> | undefined {
  const group = groupOf(apiVersion);
  const resource = ownValue(operatorKinds, kind);
  return group === 'coralogix.com' && resource !== undefined ? { group, resource, isNamespaced: true } : undefined;
}

/** Permissions to watch a rollout and to diagnose it. */
const watchPermissions = (namespace: string, scope: Scope): RequiredPermission[] => [
  ...(runs(scope, 'apply', 'restart', 'verify')
    ? [
        ...permissions(namespace, '', ['pods', 'events'], ['list']),
        ...permissions(namespace, '', ['pods/log'], ['get']),
        ...permissions(namespace, 'apps', workloads, ['get', 'list']),
      ]
    : []),
  ...(runs(scope, 'restart') ? permissions(namespace, 'apps', workloads, ['patch']) : []),
];
