import { z } from 'zod';
import type { SystemConfig } from '../../config/schema/system.ts';
import type { DeployContext } from '../context.ts';
import { knownResources } from './known-resources.ts';
import { type ObjectName, objectName } from './objects.ts';
import { readJson } from './read.ts';
import type { ownedMetadata } from './shapes.ts';
import { unlessForbidden } from './unless-forbidden.ts';

/** What the manifests of a system may hold, as kubectl names it. No Secret: those stand in no manifest. */
const writtenResources = [
  'configmaps',
  'services',
  'serviceaccounts',
  'persistentvolumeclaims',
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
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

const clusterResources = ['clusterroles.rbac.authorization.k8s.io', 'clusterrolebindings.rbac.authorization.k8s.io'];

/** What configures the Traefik of k3s, which looks for it in one place. */
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

/** Labels of all that is made for a system. */
export const systemLabels = ({ name }: SystemConfig): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/managed-by': 'cdk8s-podhost',
  'app.kubernetes.io/part-of': name,
});

/** The labels as kubectl takes them. */
export const labelArguments = (config: SystemConfig): string[] =>
  Object.entries(systemLabels(config)).map(([key, value]) => `${key}=${value}`);

/** Whether something was made for a system. */
export const hasSystemLabels = (
  config: SystemConfig,
  { labels }: Pick<z.output<typeof ownedMetadata>, 'labels'>,
): boolean => Object.entries(systemLabels(config)).every(([key, value]) => labels[key] === value);

/** Selects what was made for a system, whoever applied it. */
export const labelSelector = (config: SystemConfig): string => labelArguments(config).join(',');

/** The namespaces of a system: another of the same name may be elsewhere in the cluster. */
export const systemNamespaces = ({ namespace, collector }: SystemConfig): string[] => [
  ...new Set([namespace, collector.namespace]),
];

/**
 * What stands in the cluster with the labels of the system, in its namespaces and where k3s looks for it. Namespaces and
 * Secrets are not told, nor what a controller made and will take away itself.
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
  const namespaces = systemNamespaces(context.config);
  const lists = await Promise.all([
    ...namespaces.map((namespace) => list(writtenResources, [`--namespace=${namespace}`])),
    list(clusterResources, []),
    // Who may not look there has brought nothing there.
    unlessForbidden(() => list(traefikResources, [`--namespace=${traefikNamespace}`])),
  ]);
  return lists.flat();
}
