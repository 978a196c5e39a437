import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { collectorService } from '../../../chart/names.ts';
import { findOtherGitops } from '../../../gitops/objects.ts';
import { ownValue } from '../../../own-value.ts';
import type { DeployContext } from '../../../run/context.ts';
import { type ObjectName, objectName } from '../../../run/kube/objects.ts';
import {
  collectorObjects,
  hasSystemLabels,
  isRendered,
  type LiveObject,
  liveObjects,
  releaseOf,
  systemNamespaces,
} from '../../../run/kube/system-objects.ts';
import type { ReleaseName } from '../../helm.ts';

/** What an earlier installation of a collector left in the cluster, in the way of this one. */
export interface Earlier {
  readonly releases: readonly EarlierRelease[];
  readonly handMade: readonly HandMade[];
  /** What this system itself had of the collector before helm was to install it. */
  readonly otherDelivery: readonly ObjectName[];
  /** What a GitOps tool was told before somebody else was to keep the system. */
  readonly otherGitops: readonly ObjectName[];
}

/** Looks for it, and changes nothing. */
export async function findEarlier(context: DeployContext): Promise<Earlier> {
  const [releases, handMade, otherDelivery, otherGitops] = await Promise.all([
    findReleases(context),
    findHandMade(context),
    findOtherDelivery(context),
    findOtherGitops(context),
  ]);
  return { releases, handMade, otherDelivery, otherGitops };
}

/** What of it others may come across: its workloads and their Services. */
export const earlierObjects = ({ releases, handMade, otherDelivery }: Earlier): ObjectName[] => [
  ...releases.flatMap(({ objects }) => objects),
  ...handMade.map(({ daemonSet }) => daemonSet),
  ...otherDelivery,
];

/** A release of the chart that is not the one of this system. */
export interface EarlierRelease extends ReleaseName {
  /** What the chart made there. */
  readonly objects: readonly ObjectName[];
}

const kinds = ['daemonsets.apps', 'deployments.apps', 'services'];

/** How the chart names all that it makes, whatever the release is called. */
const prefix = collectorService.agent;

/** Releases of the chart in the namespaces of the system, other than its own. */
export async function findReleases(context: DeployContext): Promise<EarlierRelease[]> {
  const found = await Promise.all(
    systemNamespaces(context.config).map(async (namespace) =>
      (await liveObjects(context, kinds, namespace)).filter(({ metadata }) => metadata.name.startsWith(prefix)),
    ),
  );
  const byRelease = new Map<string, EarlierRelease>();
  for (const object of found.flat()) {
    const release = releaseOf(object);
    const { namespace } = object.metadata;
    if (release === undefined || namespace === undefined || isOurs(context, { release, namespace })) {
      continue;
    }
    const key = `${namespace}/${release}`;
    byRelease.set(key, {
      release,
      namespace,
      objects: [...(byRelease.get(key)?.objects ?? []), objectName(object)],
    });
  }
  return [...byRelease.values()];
}

function isOurs({ config: { collector } }: DeployContext, { release, namespace }: ReleaseName): boolean {
  return collector.delivery === 'helm-values' && release === collector.release && namespace === collector.namespace;
}

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
  return entries.length > 0 && entries.every(([key, value]) => ownValue(labels, key) === value);
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

/**
 * The collector that this system had as manifests, now that helm is to install it: helm takes over nothing that it has
 * not made, and what is pruned goes only after it.
 */
export async function findOtherDelivery(context: DeployContext): Promise<ObjectName[]> {
  if (context.config.collector.delivery !== 'helm-values') {
    return [];
  }
  const isRendering = context.config.gitops?.tool === 'argo-cd';
  const isLeft = (object: LiveObject): boolean =>
    hasSystemLabels(context.config, object.metadata) || (!isRendering && isRendered(object));
  return (await collectorObjects(context, isLeft)).map(objectName);
}
