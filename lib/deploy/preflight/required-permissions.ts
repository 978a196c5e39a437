import { z } from 'zod';
import type { Manifest } from '../../model/manifest.ts';
import { ownValue } from '../../own-value.ts';
import { gitopsFolder, isWorkload } from '../../run/kube/manifests.ts';
import { groupOf } from '../../run/kube/objects.ts';
import { systemNamespaces } from '../../run/kube/system-objects.ts';
import { leaseNamespace } from '../../run/lease-store.ts';
import { listAt } from '../../yaml/value.ts';
import { wantedSecrets } from '../steps/secrets/secret.ts';
import type { ApiResource } from './api-resources.ts';
import { installsCollector, installsOperator, runs, type Scope } from './check.ts';
import type { Inquiry } from './preflight-run.ts';

/** Leave to do one thing with one kind of object. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  /** In the plural; with a subresource as `pods/log`. */
  readonly resource: string;
  /** Undefined for the whole cluster. */
  readonly namespace: string | undefined;
}

/** Rights to do several things with several kinds of one group. */
export const rights = (
  namespace: string | undefined,
  group: string,
  resources: readonly string[],
  verbs: readonly string[],
): Right[] => resources.flatMap((resource) => verbs.map((verb) => ({ verb, group, resource, namespace })));

/** Each right once. */
export const distinct = (all: readonly Right[]): Right[] => [
  ...new Map(all.map((right) => [Object.values(right).join('\n'), right])).values(),
];

const workloads = ['daemonsets', 'deployments', 'statefulsets'];

const accessGroup = 'rbac.authorization.k8s.io';

const definitionsGroup = 'apiextensions.k8s.io';

/** What the steps of a run need leave for. */
export async function wantedRights(inquiry: Inquiry): Promise<Right[]> {
  const { scope } = inquiry;
  const { collector, deploy } = scope.config;
  return distinct([
    ...rights(leaseNamespace, 'coordination.k8s.io', ['leases'], ['get', 'create', 'update']),
    ...(runs(scope, 'secrets') ? secretRights(scope) : []),
    ...(installsCollector(scope) ? helmRights(collector.namespace) : []),
    ...(installsOperator(scope)
      ? [
          ...helmRights(deploy.operator.namespace),
          ...rights(undefined, '', ['namespaces'], ['get', 'create', 'patch']),
          ...rights(undefined, definitionsGroup, ['customresourcedefinitions'], ['get', 'create', 'patch', 'delete']),
          ...rights(
            deploy.operator.namespace,
            accessGroup,
            ['roles', 'rolebindings'],
            ['get', 'create', 'patch', 'delete'],
          ),
          ...watchRights(deploy.operator.namespace, scope),
        ]
      : []),
    ...((await inquiry.has('dist')) && runs(scope, 'apply') ? await manifestRights(inquiry) : []),
    ...systemNamespaces(scope.config).flatMap((namespace) => watchRights(namespace, scope)),
  ]);
}

const secretRights = ({ config }: Scope): Right[] => [
  ...rights(undefined, '', ['namespaces'], ['get', 'create', 'patch']),
  ...wantedSecrets(config).flatMap(({ namespace }) => rights(namespace, '', ['secrets'], ['get', 'create', 'patch'])),
];

/** Helm keeps its releases in Secrets; the rest is what the charts hold. */
const helmRights = (namespace: string): Right[] => [
  ...rights(namespace, '', ['secrets'], ['get', 'list', 'create', 'update', 'delete']),
  ...rights(namespace, '', ['configmaps', 'serviceaccounts', 'services'], ['get', 'create', 'patch', 'delete']),
  ...rights(namespace, 'apps', ['daemonsets', 'deployments'], ['get', 'list', 'watch', 'create', 'patch', 'delete']),
  ...rights(undefined, accessGroup, ['clusterroles', 'clusterrolebindings'], ['get', 'create', 'patch', 'delete']),
];

/** To write each manifest, and to take away what is none any more, unless a GitOps tool does that. */
async function manifestRights({ applied, kinds, context, scope }: Inquiry): Promise<Right[]> {
  const known = await kinds;
  const isPruned = gitopsFolder(scope.config) === undefined;
  return applied.flatMap((manifest) => {
    const found = known.of(manifest) ?? (installsOperator(scope) ? comingKind(manifest) : undefined);
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
    return [
      ...rights(found.isNamespaced ? manifest.namespace : undefined, found.group, [found.resource], verbs),
      ...grantedRights(manifest),
    ];
  });
}

/** Kinds that the operator brings before they are written. */
const comingKinds: Readonly<Record<string, string>> = { SLO: 'slos', Alert: 'alerts' };

function comingKind({
  apiVersion,
  kind,
}: Manifest): Pick<ApiResource, 'group' | 'resource' | 'isNamespaced'> | undefined {
  const group = groupOf(apiVersion);
  const resource = ownValue(comingKinds, kind);
  return group === 'coralogix.com' && resource !== undefined ? { group, resource, isNamespaced: true } : undefined;
}

/** To see whether it runs, and why it does not. */
const watchRights = (namespace: string, scope: Scope): Right[] => [
  ...(runs(scope, 'apply', 'restart', 'verify')
    ? [
        ...rights(namespace, '', ['pods', 'events'], ['list']),
        ...rights(namespace, '', ['pods/log'], ['get']),
        ...rights(namespace, 'apps', workloads, ['get', 'list']),
      ]
    : []),
  ...(runs(scope, 'restart') ? rights(namespace, 'apps', workloads, ['patch']) : []),
];

const rule = z.object({
  apiGroups: z.array(z.string()).default([]),
  resources: z.array(z.string()).default([]),
  verbs: z.array(z.string()).default([]),
});

/**
 * What a role gives to others: nobody can give what he has not.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
export function grantedRights({ kind, namespace, value }: Manifest): Right[] {
  if (kind !== 'ClusterRole' && kind !== 'Role') {
    return [];
  }
  return listAt(value, 'rules').flatMap((written) => {
    const { data } = rule.safeParse(written);
    return (data?.apiGroups ?? []).flatMap((group) =>
      rights(kind === 'Role' ? namespace : undefined, group, data?.resources ?? [], data?.verbs ?? []),
    );
  });
}
