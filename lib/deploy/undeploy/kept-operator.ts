import { z } from 'zod';
import type { DeployContext } from '../../run/context.ts';
import { identity, type ObjectName, objectName } from '../../run/kube/objects.ts';
import { ifReachable, readJson, readText } from '../../run/kube/read.ts';
import type { ReleaseName } from '../helm.ts';
import { operatorDefinitions, operatorGroup } from '../steps/operator/definitions.ts';
import { operatorRelease } from '../steps/operator/step.ts';

/** A release that others need. */
export interface KeptRelease extends ReleaseName {
  /** Undefined when it could not be found out whether they do. */
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
 * Objects for the operator that are not among those which go: of other systems, or made by hand. Without the operator
 * nobody keeps Coralogix as they say, and helm takes their kinds away with it, and them with their kinds.
 *
 * @returns undefined when this user may not look
 */
const othersObjects = (
  context: DeployContext,
  going: readonly ObjectName[],
): Promise<readonly ObjectName[] | undefined> =>
  ifReachable(async () => {
    const query = context.kubectl(['api-resources', `--api-group=${operatorGroup}`, '--verbs=list', '--output=name']);
    const kinds = (await readText(context, query)).split('\n').filter((line) => line !== '');
    if (kinds.length === 0) {
      return [];
    }
    const get = context.kubectl(['get', kinds.join(), '--all-namespaces', '--output=json']);
    const { items } = await readJson(context, get, listed);
    const known = new Set(going.map(identity));
    return items.map(objectName).filter((object) => !known.has(identity(object)));
  });

const isOperator = ({ release }: ReleaseName): boolean => release === operatorRelease;

/** The release of the operator when it has to stay: there is one for the whole cluster. */
export async function keptRelease(
  context: DeployContext,
  releases: readonly ReleaseName[],
  going: readonly ObjectName[],
): Promise<KeptRelease | undefined> {
  const operator = releases.find(isOperator);
  if (operator === undefined) {
    return undefined;
  }
  const neededBy = await othersObjects(context, going);
  return neededBy?.length === 0 ? undefined : { ...operator, neededBy };
}

/** Definitions that go with these releases. What a chart has in its folder `crds`, not among its templates, stays. */
export async function goingDefinitions(context: DeployContext, releases: readonly ReleaseName[]): Promise<string[]> {
  if (!releases.some(isOperator)) {
    return [];
  }
  const definitions = await operatorDefinitions(context);
  return definitions
    .filter(({ release, isKept }) => !isKept && release?.release === operatorRelease)
    .map(({ name }) => name);
}
