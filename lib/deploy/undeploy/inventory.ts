import { z } from 'zod';
import { labelledObjects, labelSelector, systemNamespaces } from '../cluster/labelled-objects.ts';
import type { ObjectName } from '../cluster/object-name.ts';
import { readJson, readText } from '../cluster/read-json.ts';
import type { DeployContext } from '../deploy-context.ts';
import { findRelease, type ReleaseName } from '../helm/release.ts';
import { operatorRelease } from '../steps/operator.ts';

/** What a system has in a cluster. */
export interface Inventory {
  /** What its manifests made, without volumes. */
  readonly objects: readonly ObjectName[];
  readonly releases: readonly ReleaseName[];
  /** Secrets that a deployment made; not those that somebody else did. */
  readonly secrets: readonly ObjectName[];
  readonly volumes: readonly ObjectName[];
  readonly namespaces: readonly ObjectName[];
}

const named = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string(), namespace: z.string().optional() }) })),
});

/** Looks up everything that a deployment has brought. */
export async function inventory(context: DeployContext): Promise<Inventory> {
  const { collector, deploy, name } = context.config;
  const { operator } = deploy;
  const everywhere = [
    ...new Set([...systemNamespaces(context.config), ...(operator.enabled ? [operator.namespace] : [])]),
  ];
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
  const objects = await labelledObjects(context);
  const isVolume = ({ kind }: ObjectName) => kind === 'PersistentVolumeClaim';
  return {
    objects: objects.filter((object) => !isVolume(object)),
    releases: await installed(context, [
      ...(collector.delivery === 'helm-values' ? [{ release: collector.release, namespace: collector.namespace }] : []),
      ...(operator.enabled ? [{ release: operatorRelease, namespace: operator.namespace }] : []),
    ]),
    secrets: await all('Secret', selector),
    // A StatefulSet labels its claims with what selects its pods.
    volumes: unique([
      ...objects.filter(isVolume),
      ...(await all('PersistentVolumeClaim', `app.kubernetes.io/instance=${name}`)),
    ]),
    namespaces: await list('Namespace', selector),
  };
}

async function installed(context: DeployContext, names: readonly ReleaseName[]): Promise<ReleaseName[]> {
  const found = await Promise.all(names.map(async (name) => ((await findRelease(context, name)) ? [name] : [])));
  return found.flat();
}

const unique = (objects: readonly ObjectName[]): ObjectName[] => [
  ...new Map(objects.map((object) => [`${object.namespace}/${object.name}`, object])).values(),
];

/** The custom resource definitions that a cluster keeps; helm does not remove them. */
export async function operatorDefinitions(context: DeployContext): Promise<string[]> {
  const query = context.kubectl(['get', 'customresourcedefinitions', '--output=name']);
  return (await readText(context, query)).split('\n').filter((line) => line.endsWith('.coralogix.com'));
}
