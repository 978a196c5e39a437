import type { Action } from '../action.ts';
import { ifReachable } from '../cluster/if-reachable.ts';
import { labelledObjects } from '../cluster/labelled-objects.ts';
import { identity, type ObjectName } from '../cluster/object-name.ts';
import type { DeployContext } from '../deploy-context.ts';
import { deleteActions } from './delete-actions.ts';

/** Takes away what an earlier version of the system had and this one has not. Volumes hold data and stay. */
export async function pruneActions(context: DeployContext, wanted: readonly ObjectName[]): Promise<Action[]> {
  const present = (await ifReachable(() => labelledObjects(context))) ?? [];
  const keep = new Set(wanted.map(identity));
  const left = present.filter((object) => !keep.has(identity(object)));
  return deleteActions(
    context,
    left.filter(({ kind }) => kind !== 'PersistentVolumeClaim' || context.pruneVolumes),
  );
}
