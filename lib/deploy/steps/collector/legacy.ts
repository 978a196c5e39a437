import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { collectorService } from '../../../chart/names.ts';
import { systemNamespaces } from '../../../config/system-namespaces.ts';
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
} from '../../../run/kube/system-objects.ts';
import type { ReleaseName } from '../../helm.ts';

/** Legacy installations of a collector that conflict with this system. */
export interface LegacyInstallation {
  readonly releases: readonly LegacyRelease[];
  readonly legacyCollectors: readonly LegacyCollector[];
  /** Objects of the collector of this system that were installed from manifests, when helm installs it now. */
  readonly otherDelivery: readonly ObjectName[];
  /** Objects that configure a GitOps tool that does not manage the system any more. */
  readonly otherGitops: readonly ObjectName[];
}

/** Finds legacy installations without changing anything. */
export async function findLegacy(context: DeployContext): Promise<LegacyInstallation> {
  if (context.config.collector.delivery === 'existing') {
    // Every collector is somebody else's, and may be the one that spans are sent to.
    return { releases: [], legacyCollectors: [], otherDelivery: [], otherGitops: await findOtherGitops(context) };
  }
  const [releases, legacyCollectors, otherDelivery, otherGitops] = await Promise.all([
    findLegacyReleases(context),
    findLegacyCollectors(context),
    findOtherDelivery(context),
    findOtherGitops(context),
  ]);
  return { releases, legacyCollectors, otherDelivery, otherGitops };
}

/** Workloads and Services of the legacy installations. */
export const legacyObjects = ({ releases, legacyCollectors, otherDelivery }: LegacyInstallation): ObjectName[] => [
  ...releases.flatMap(({ objects }) => objects),
  ...legacyCollectors.map(({ daemonSet }) => daemonSet),
  ...otherDelivery,
];

/** A release of the collector chart that does not belong to this system. */
export interface LegacyRelease extends ReleaseName {
  /** Objects of the release. */
  readonly objects: readonly ObjectName[];
}

const kinds = ['daemonsets.apps', 'deployments.apps', 'services'];

/** Prefix of all object names of the chart, for every release name. */
const prefix = collectorService.agent;

/** Finds other releases of the chart in the namespaces of the system. */
export async function findLegacyReleases(context: DeployContext): Promise<LegacyRelease[]> {
  const found = await Promise.all(
    systemNamespaces(context).map(async (namespace) =>
      (await liveObjects(context, kinds, namespace)).filter(({ metadata }) => metadata.name.startsWith(prefix)),
    ),
  );
  const byRelease = new Map<string, LegacyRelease>();
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

/** Usual names in such installations. */
const collectorName = 'otel-collector';
const configMapName = 'otel-collector-config';

/** A collector without a managing tool, and the objects that only it uses. */
export interface LegacyCollector {
  readonly daemonSet: ObjectName;
  /** In the order of deletion. */
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

/** Finds DaemonSets `otel-collector` in all namespaces that no chart and no operator manages. */
export async function findLegacyCollectors(context: DeployContext): Promise<LegacyCollector[]> {
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
  return Promise.all(daemonSets.map((daemonSet) => legacyCollectors(context, daemonSet, bindings)));
}

async function legacyCollectors(
  context: DeployContext,
  daemonSet: LiveObject,
  bindings: readonly LiveObject[],
): Promise<LegacyCollector> {
  const { namespace = 'default' } = daemonSet.metadata;
  const { template } = podSpec.parse(daemonSet.spec);
  const { serviceAccountName: account, volumes } = template.spec;
  const beside = await liveObjects(context, ['services', 'configmaps', 'serviceaccounts'], namespace);
  const mounted = volumes.map(({ configMap }) => configMap?.name);
  const isOnlyItsOwn = ({ kind, metadata: { name }, spec }: LiveObject): boolean =>
    (kind === 'Service' && selects(spec, template.metadata.labels)) ||
    (kind === 'ConfigMap' && name === configMapName && mounted.includes(name)) ||
    (kind === 'ServiceAccount' && name === account && name !== 'default');
  const bound = bindings.filter((binding) => isOnlyFor(binding, namespace, account));
  return {
    daemonSet: objectName(daemonSet),
    others: [...beside.filter(isOnlyItsOwn).map(objectName), ...bound.map(objectName), ...rolesOf(bound, bindings)],
  };
}

/** Whether a Service selects pods with these labels. */
function selects(spec: unknown, labels: Readonly<Record<string, string>>): boolean {
  const entries = Object.entries(serviceSpec.safeParse(spec).data?.selector ?? {});
  return entries.length > 0 && entries.every(([key, value]) => ownValue(labels, key) === value);
}

/** Whether a binding has only this subject; the default account of a namespace is shared. */
const isOnlyFor = ({ subjects = [] }: LiveObject, namespace: string, account: string): boolean =>
  account !== 'default' &&
  isDeepStrictEqual(
    subjects.map((subject) => [subject.kind, subject.namespace, subject.name]),
    [['ServiceAccount', namespace, account]],
  );

/** ClusterRoles without other bindings that are not part of Kubernetes. */
function rolesOf(bound: readonly LiveObject[], all: readonly LiveObject[]): ObjectName[] {
  const others = all.filter((binding) => !bound.includes(binding)).map(({ roleRef }) => roleRef?.name);
  const names = bound.flatMap(({ roleRef }) => (roleRef?.kind === 'ClusterRole' ? [roleRef.name] : []));
  return [...new Set(names)]
    .filter((name) => !others.includes(name) && !/^(system:|(cluster-admin|admin|edit|view)$)/.test(name))
    .map((name) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name, namespace: undefined }));
}

/**
 * Finds the collector of this system that was installed from manifests when helm installs it now. Helm cannot adopt its
 * objects, and pruning comes too late.
 */
export async function findOtherDelivery(context: DeployContext): Promise<ObjectName[]> {
  if (context.config.collector.delivery !== 'helm-values') {
    return [];
  }
  const isRendering = context.config.gitops?.tool === 'argo-cd';
  const isFromManifests = (object: LiveObject): boolean =>
    hasSystemLabels(context.config, object.metadata) || (!isRendering && isRendered(object));
  return (await collectorObjects(context, isFromManifests)).map(objectName);
}
