import { z } from 'zod';
import { systemNamespaces } from '../../config/system-namespaces.ts';
import { gitopsObjects } from '../../gitops/objects.ts';
import type { DeployContext } from '../../run/context.ts';
import { type ObjectName, objectName, resourceName } from '../../run/kube/objects.ts';
import { ifReachable, readJson } from '../../run/kube/read.ts';
import { collectorObjects, isRendered, labelledObjects, labelSelector } from '../../run/kube/system-objects.ts';
import { firstFew } from '../../text/list.ts';
import { visibleLine } from '../../text/visible.ts';
import { findRelease, type ReleaseName } from '../helm.ts';
import { operatorRelease } from '../steps/operator/step.ts';
import { type KeptRelease, keptRelease, removedDefinitions } from './kept-operator.ts';

/** The objects of a system in a cluster. */
export interface SystemInventory {
  /** Objects that configure a GitOps tool, which would create the others again. */
  readonly gitops: readonly ObjectName[];
  /** Objects of its manifests, without volumes. */
  readonly objects: readonly ObjectName[];
  readonly releases: readonly ReleaseName[];
  /** Custom resource definitions that helm removes with the operator, together with all objects of their kinds. */
  readonly definitions: readonly string[];
  /**
   * The release of the operator when it is kept.
   *
   * @default - it is removed or not installed
   */
  readonly kept?: KeptRelease;
  /** Secrets that a deployment created. */
  readonly secrets: readonly ObjectName[];
  readonly volumes: readonly ObjectName[];
  readonly namespaces: readonly ObjectName[];
}

const named = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string(), namespace: z.string().optional() }) })),
});

/** Looks up everything that a deployment has created. */
export async function inventory(context: DeployContext): Promise<SystemInventory> {
  const { collector, deploy, name } = context.config;
  const { operator } = deploy;
  const everywhere = [...new Set([...systemNamespaces(context), ...(operator.enabled ? [operator.namespace] : [])])];
  const list = async (kind: string, selector: string, namespace?: string): Promise<ObjectName[]> => {
    const where = namespace === undefined ? [] : [`--namespace=${namespace}`];
    const query = context.kubectl(['get', kind, ...where, `--selector=${selector}`, '--output=json']);
    const { items } = await readJson(context, query, named);
    return items.map(({ metadata }) => ({
      apiVersion: 'v1',
      kind,
      name: metadata.name,
      namespace: metadata.namespace,
    }));
  };
  const all = async (kind: string, selector: string) =>
    (await Promise.all(everywhere.map((namespace) => list(kind, selector, namespace)))).flat();
  const selector = labelSelector(context.config);
  const objects = [...(await labelledObjects(context)), ...(await renderedObjects(context))];
  const isVolume = ({ kind }: ObjectName) => kind === 'PersistentVolumeClaim';
  const releases = await installed(context, [
    ...(collector.delivery === 'helm-values' ? [{ release: collector.release, namespace: collector.namespace }] : []),
    ...(operator.enabled ? [{ release: operatorRelease, namespace: operator.namespace }] : []),
  ]);
  const kept = await keptRelease(context, releases, objects);
  const removed = releases.filter(({ release }) => release !== kept?.release);
  const isOfKept = ({ name: secret, namespace }: ObjectName) =>
    kept?.namespace === namespace && secret === operator.secret.name;
  return {
    gitops: await gitopsObjects(context),
    objects: objects.filter((object) => !isVolume(object)),
    releases: removed,
    definitions: await removedDefinitions(context, removed),
    ...(kept === undefined ? {} : { kept }),
    secrets: (await all('Secret', selector)).filter((secret) => !isOfKept(secret)),
    // The claims of a StatefulSet have the labels of its pod selector.
    volumes: unique([
      ...objects.filter(isVolume),
      ...(await all('PersistentVolumeClaim', `app.kubernetes.io/instance=${name}`)),
    ]),
    namespaces: (await list('Namespace', selector)).filter((namespace) => namespace.name !== kept?.namespace),
  };
}

/** Objects that Argo CD keeps when its Application is deleted. */
async function renderedObjects(context: DeployContext): Promise<ObjectName[]> {
  const { collector, gitops } = context.config;
  return gitops?.tool === 'argo-cd' && collector.delivery === 'helm-values'
    ? (await collectorObjects(context, isRendered)).map(objectName)
    : [];
}

async function installed(context: DeployContext, names: readonly ReleaseName[]): Promise<ReleaseName[]> {
  const { collector, gitops } = context.config;
  const find = (name: ReleaseName) => findRelease(context, name);
  // When a GitOps tool installs the collector, helm may be missing.
  const lookup = (name: ReleaseName) =>
    gitops !== undefined && name.release === collector.release ? ifReachable(() => find(name)) : find(name);
  const found = await Promise.all(names.map(async (name) => ((await lookup(name)) ? [name] : [])));
  return found.flat();
}

const unique = (objects: readonly ObjectName[]): ObjectName[] => [
  ...new Map(objects.map((object) => [`${object.namespace}/${object.name}`, object])).values(),
];

export const isEmpty = (
  { gitops, objects, releases, secrets, volumes, namespaces }: SystemInventory,
  withVolumes: boolean,
): boolean =>
  gitops.length + objects.length + releases.length + secrets.length === 0 &&
  !(withVolumes && volumes.length + namespaces.length > 0);

/** Lists what will be removed and what will be kept, for confirmation. */
export function systemInventoryText(shown: SystemInventory, withVolumes: boolean): string {
  const { gitops, objects, releases, definitions, secrets, volumes, namespaces } = shown;
  const kept = [
    ...(withVolumes ? [] : byNamespace([...volumes, ...namespaces])),
    ...(shown.kept === undefined ? [] : [keptText(shown.kept)]),
  ];
  return [
    'This will be removed:',
    ...byNamespace([...gitops, ...objects, ...secrets, ...(withVolumes ? volumes : [])]),
    ...releases.map(({ release, namespace }) => `  Helm release ${release} in ${namespace}`),
    ...(definitions.length === 0 ? [] : [`  custom resource definitions of the release: ${definitions.join(', ')}`]),
    ...(withVolumes ? namespaces.map(({ name }) => `  namespace ${name} with everything in it`) : []),
    ...(withVolumes && kept.length === 0 ? [] : ['This will be kept:', ...(kept.length === 0 ? ['  nothing'] : kept)]),
  ]
    .map(visibleLine)
    .join('\n');
}

/** Maximum number of names in a line. */
const most = 5;

function keptText({ release, namespace, neededBy }: KeptRelease): string {
  const names = (neededBy ?? []).map((object) => `${resourceName(object)} in ${object.namespace}`);
  const why =
    neededBy === undefined
      ? 'this user has no permission to see whether others need it'
      : `others need it: ${firstFew(names, most)}`;
  return `  Helm release ${release} in ${namespace} with its Secret: ${why}`;
}

function byNamespace(objects: readonly ObjectName[]): string[] {
  const places = [...new Set(objects.map(({ namespace }) => namespace))];
  return places.map((place) => {
    const names = objects.filter(({ namespace }) => namespace === place).map(resourceName);
    return `  ${place === undefined ? 'cluster-scoped' : `in ${place}`}: ${names.join(', ')}`;
  });
}
