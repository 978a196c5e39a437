import { z } from 'zod';
import { collectorService } from '../../chart/names.ts';
import type { SystemConfig } from '../../config/schema/system.ts';
import { systemNamespaces } from '../../config/system-namespaces.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import type { DeployContext } from '../context.ts';
import { type ObjectName, objectName, ownedMetadata } from './objects.ts';
import { commandProblem, readJson, unlessForbidden } from './read.ts';

/** Resources that the manifests of a system may contain. Secrets are in no manifest. */
const writtenResources = [
  'configmaps',
  'services',
  'serviceaccounts',
  'persistentvolumeclaims',
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
  'horizontalpodautoscalers.autoscaling',
  'ingresses.networking.k8s.io',
  'poddisruptionbudgets.policy',
  'externalsecrets.external-secrets.io',
  'middlewares.traefik.io',
  'certificates.cert-manager.io',
  'helmcharts.helm.cattle.io',
  'applications.argoproj.io',
  'helmrepositories.source.toolkit.fluxcd.io',
  'helmreleases.helm.toolkit.fluxcd.io',
  'kustomizations.kustomize.toolkit.fluxcd.io',
  'slos.coralogix.com',
  'alerts.coralogix.com',
];

/** Resources that only existing manifests may contain. */
const takenOverResources = [
  'pods',
  'limitranges',
  'resourcequotas',
  'roles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
  'networkpolicies.networking.k8s.io',
  'replicasets.apps',
  'rollouts.argoproj.io',
];

const clusterResources = ['clusterroles.rbac.authorization.k8s.io', 'clusterrolebindings.rbac.authorization.k8s.io'];

/** Resources that configure the Traefik of k3s, which reads them only in its own namespace. */
const traefikResources = ['helmchartconfigs.helm.cattle.io'];
const traefikNamespace = 'kube-system';

const listed = z.object({
  items: z.array(
    z.object({
      apiVersion: z.string(),
      kind: z.string(),
      metadata: z.object({
        name: z.string(),
        namespace: z.string().optional(),
        ownerReferences: z.array(z.unknown()).optional(),
        deletionTimestamp: z.string().optional(),
      }),
    }),
  ),
});

/** Labels of all objects of a system. */
export const systemLabels = ({ name }: SystemConfig): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/managed-by': 'cdk8s-podhost',
  'app.kubernetes.io/part-of': name,
});

/** The labels as arguments of kubectl. */
export const labelArguments = (config: SystemConfig): string[] =>
  Object.entries(systemLabels(config)).map(([key, value]) => `${key}=${value}`);

/** Whether an object belongs to a system. */
export const hasSystemLabels = (
  config: SystemConfig,
  { labels }: Pick<z.output<typeof ownedMetadata>, 'labels'>,
): boolean => Object.entries(systemLabels(config)).every(([key, value]) => labels[key] === value);

/** Selects the objects of a system, whichever tool applied them. */
export const labelSelector = (config: SystemConfig): string => labelArguments(config).join(',');

/**
 * Objects with the labels of the system, in its namespaces and in the namespace of Traefik. Namespaces, Secrets and
 * objects that a controller owns are left out.
 */
export async function labelledObjects(context: DeployContext): Promise<ObjectName[]> {
  const known = await knownResources(context);
  const selector = `--selector=${labelSelector(context.config)}`;
  const list = async (resources: readonly string[], where: readonly string[]): Promise<ObjectName[]> => {
    const there = resources.filter((resource) => known.has(resource));
    if (there.length === 0) {
      return [];
    }
    const query = ['get', there.join(','), ...where, selector, '--output=json'];
    const { items } = await readJson(context, context.kubectl(query), listed);
    return items
      .filter(({ metadata }) => metadata.ownerReferences === undefined && metadata.deletionTimestamp === undefined)
      .map(objectName);
  };
  const namespaces = systemNamespaces(context);
  const lists = await Promise.all([
    ...namespaces.map((namespace) => list(writtenResources, [`--namespace=${namespace}`])),
    // A user without permission for these cannot have created them.
    ...namespaces.map((namespace) => unlessForbidden(() => list(takenOverResources, [`--namespace=${namespace}`]))),
    list(clusterResources, []),
    // A user without permission there cannot have created objects there.
    unlessForbidden(() => list(traefikResources, [`--namespace=${traefikNamespace}`])),
  ]);
  return lists.flat();
}

const object = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: ownedMetadata.extend({ deletionTimestamp: z.string().optional() }),
  spec: z.unknown().optional(),
  roleRef: z.object({ kind: z.string(), name: z.string() }).optional(),
  subjects: z.array(z.object({ kind: z.string(), name: z.string(), namespace: z.string().optional() })).optional(),
});

/** An object of the cluster with the fields that identify its owner. */
export type LiveObject = z.output<typeof object>;

/**
 * Lists objects of some kinds.
 *
 * @param namespace undefined for all namespaces
 */
export async function liveObjects(
  context: DeployContext,
  kinds: readonly string[],
  namespace?: string,
): Promise<LiveObject[]> {
  const where = namespace === undefined ? '--all-namespaces' : `--namespace=${namespace}`;
  const query = context.kubectl(['get', kinds.join(), where, '--output=json']);
  const { items } = await readJson(context, query, z.object({ items: z.array(object) }));
  return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** The Helm release in the annotations of an object. */
export const releaseOf = ({ metadata: { annotations } }: Pick<LiveObject, 'metadata'>): string | undefined =>
  annotations['meta.helm.sh/release-name'];

/** Workloads come first. */
const kinds = ['daemonsets.apps', 'deployments.apps', 'services', 'configmaps', 'serviceaccounts'];

const accessKinds = ['clusterrolebindings.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'];

/** Objects whose names start with the collector's prefix, which the manifests and the chart share. */
export async function collectorObjects(
  context: DeployContext,
  isWanted: (object: LiveObject) => boolean,
): Promise<LiveObject[]> {
  const isOne = (object: LiveObject): boolean => isCollectors(object) && isWanted(object);
  const found = (await liveObjects(context, kinds, context.config.collector.namespace)).filter(isOne);
  // Listing cluster-scoped objects needs more permissions, so it is skipped when there is no collector.
  const access = found.length === 0 ? [] : (await liveObjects(context, accessKinds)).filter(isOne);
  return [...found, ...access];
}

/** Whether an object of the chart was not installed by helm: Argo CD renders the chart and applies the output. */
export const isRendered = (object: Pick<LiveObject, 'metadata'>): boolean =>
  isCollectors(object) &&
  object.metadata.labels['app.kubernetes.io/managed-by'] === 'Helm' &&
  releaseOf(object) === undefined;

const isCollectors = ({ metadata }: Pick<LiveObject, 'metadata'>): boolean =>
  metadata.name.startsWith(collectorService.agent);

/**
 * The resources of the API server, e.g. `deployments.apps`. When the server of an API group does not answer, kubectl
 * fails but prints the other groups; that group is left out.
 *
 * @throws PodhostError when no resource is printed
 */
export async function knownResources({ runner, kubectl }: DeployContext): Promise<ReadonlySet<string>> {
  const command = kubectl(['api-resources', '--output=name']);
  const result = await runner.run(command);
  if (result.exitStatus === undefined || (result.exitStatus !== 0 && result.stdout === '')) {
    throw new PodhostError([commandProblem(command, result)], 3);
  }
  return new Set(result.stdout.split('\n'));
}
