import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { DeployContext } from '../../../run/context.ts';
import { type LiveObject, liveObjects, releaseOf } from '../../../run/kube/live-object.ts';
import { type ObjectName, objectName } from '../../../run/kube/objects.ts';

/** Names that such an installation has had in the field. */
const collectorName = 'otel-collector';
const configMapName = 'otel-collector-config';

/** A collector that somebody wrote the manifests of, and what is there for it alone. */
export interface HandMade {
  readonly daemonSet: ObjectName;
  /** In the order in which they can go. */
  readonly others: readonly ObjectName[];
}

const podSpec = z.object({
  template: z.object({
    metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }).default({ labels: {} }),
    spec: z.object({
      serviceAccountName: z.string().default('default'),
      volumes: z.array(z.object({ configMap: z.object({ name: z.string().optional() }).optional() })).default([]),
    }),
  }),
});

const serviceSpec = z.object({ selector: z.record(z.string(), z.string()).optional() });

/** Looks for DaemonSets `otel-collector` that no chart and no operator made, in any namespace. */
export async function findHandMade(context: DeployContext): Promise<HandMade[]> {
  const daemonSets = (await liveObjects(context, ['daemonsets.apps'])).filter(
    (object) =>
      object.metadata.name === collectorName &&
      releaseOf(object) === undefined &&
      object.metadata.labels['app.kubernetes.io/managed-by'] === undefined,
  );
  if (daemonSets.length === 0) {
    return [];
  }
  const bindings = await liveObjects(context, ['clusterrolebindings.rbac.authorization.k8s.io']);
  return Promise.all(daemonSets.map((daemonSet) => handMade(context, daemonSet, bindings)));
}

async function handMade(
  context: DeployContext,
  daemonSet: LiveObject,
  bindings: readonly LiveObject[],
): Promise<HandMade> {
  const { namespace = 'default' } = daemonSet.metadata;
  const { template } = podSpec.parse(daemonSet.spec);
  const { serviceAccountName: account, volumes } = template.spec;
  const beside = await liveObjects(context, ['services', 'configmaps', 'serviceaccounts'], namespace);
  const mounted = volumes.map(({ configMap }) => configMap?.name);
  const isItsOwn = ({ kind, metadata: { name }, spec }: LiveObject): boolean =>
    (kind === 'Service' && selects(spec, template.metadata.labels)) ||
    (kind === 'ConfigMap' && name === configMapName && mounted.includes(name)) ||
    (kind === 'ServiceAccount' && name === account && name !== 'default');
  const bound = bindings.filter((binding) => isOnlyFor(binding, namespace, account));
  return {
    daemonSet: objectName(daemonSet),
    others: [...beside.filter(isItsOwn).map(objectName), ...bound.map(objectName), ...rolesOf(bound, bindings)],
  };
}

/** A Service that leads to these pods. */
function selects(spec: unknown, labels: Readonly<Record<string, string>>): boolean {
  const entries = Object.entries(serviceSpec.safeParse(spec).data?.selector ?? {});
  return entries.length > 0 && entries.every(([key, value]) => labels[key] === value);
}

/** The namespace's default account is everybody's. */
const isOnlyFor = ({ subjects = [] }: LiveObject, namespace: string, account: string): boolean =>
  account !== 'default' &&
  isDeepStrictEqual(
    subjects.map((subject) => [subject.kind, subject.namespace, subject.name]),
    [['ServiceAccount', namespace, account]],
  );

/** Roles that nobody else is bound to, and that did not come with Kubernetes. */
function rolesOf(bound: readonly LiveObject[], all: readonly LiveObject[]): ObjectName[] {
  const others = all.filter((binding) => !bound.includes(binding)).map(({ roleRef }) => roleRef?.name);
  const names = bound.flatMap(({ roleRef }) => (roleRef?.kind === 'ClusterRole' ? [roleRef.name] : []));
  return [...new Set(names)]
    .filter((name) => !others.includes(name) && !/^(system:|(cluster-admin|admin|edit|view)$)/.test(name))
    .map((name) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name, namespace: undefined }));
}
