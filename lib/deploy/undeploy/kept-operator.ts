import { z } from 'zod';
import type { DeployContext } from '../../run/context.ts';
import { identity, type ObjectName, objectName } from '../../run/kube/objects.ts';
import { ifReachable, readJson, readObjectText } from '../../run/kube/read.ts';
import type { ReleaseName } from '../helm.ts';
import { operatorDefinitions, operatorGroup } from '../steps/operator/definitions.ts';
import { operatorRelease } from '../steps/operator/step.ts';

/** A release that other systems need. */
export interface KeptRelease extends ReleaseName {
  /** Undefined when this user cannot list the objects. */
  readonly neededBy: readonly ObjectName[] | undefined;
}

const listed = z.object({
  items: z.array(
    z.object({
      apiVersion: z.string(),
      kind: z.string(),
      metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
    }),
  ),
});

/**
 * Objects of the operator's kinds that are not removed, e.g. of other systems. Without the operator Coralogix is not
 * updated from them, and uninstalling it deletes their definitions and so the objects.
 *
 * @returns undefined when this user has no permission to list them
 */
const othersObjects = (
  context: DeployContext,
  removed: readonly ObjectName[],
): Promise<readonly ObjectName[] | undefined> =>
  ifReachable(async () => {
    const query = context.kubectl(['api-resources', `--api-group=${operatorGroup}`, '--verbs=list', '--output=name']);
    const kinds = (await readObjectText(context, query)).split('\n').filter((line) => line !== '');
    if (kinds.length === 0) {
      return [];
    }
    const get = context.kubectl(['get', kinds.join(), '--all-namespaces', '--output=json']);
    const { items } = await readJson(context, get, listed);
    const known = new Set(removed.map(identity));
    return items.map(objectName).filter((object) => !known.has(identity(object)));
  });

const isOperator = ({ release }: ReleaseName): boolean => release === operatorRelease;

/** The release of the operator when it must be kept, because the cluster has only one. */
export async function keptRelease(
  context: DeployContext,
  releases: readonly ReleaseName[],
  removed: readonly ObjectName[],
): Promise<KeptRelease | undefined> {
  const operator = releases.find(isOperator);
  if (operator === undefined) {
    return undefined;
  }
  const neededBy = await othersObjects(context, removed);
  return neededBy?.length === 0 ? undefined : { ...operator, neededBy };
}

/** Custom resource definitions that helm removes with these releases. It keeps those in the folder `crds` of a chart. */
export async function removedDefinitions(context: DeployContext, releases: readonly ReleaseName[]): Promise<string[]> {
  if (!releases.some(isOperator)) {
    return [];
  }
  const definitions = await operatorDefinitions(context);
  return definitions
    .filter(({ release, isKept }) => !isKept && release?.release === operatorRelease)
    .map(({ name }) => name);
}
