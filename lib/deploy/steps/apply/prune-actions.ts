import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Action } from '../../../run/action.ts';
import type { DeployContext } from '../../../run/context.ts';
import { failedLook } from '../../../run/failed-look.ts';
import { identity, type ObjectName } from '../../../run/kube/objects.ts';
import { refusedRight } from '../../../run/kube/refused-right.ts';
import { labelledObjects } from '../../../run/kube/system-objects.ts';
import { deleteActions } from './delete-objects.ts';

/** Takes away what an earlier version of the system had and this one has not. Volumes hold data and stay. */
export async function pruneActions(context: DeployContext, wanted: readonly ObjectName[]): Promise<Action[]> {
  let present: readonly ObjectName[];
  try {
    present = await labelledObjects(context);
  } catch (error) {
    return unseen(context, error);
  }
  const keep = new Set(wanted.map(identity));
  const left = present.filter((object) => !keep.has(identity(object)));
  return deleteActions(
    context,
    left.filter(({ kind }) => kind !== 'PersistentVolumeClaim' || context.pruneVolumes),
  );
}

/** A dry run goes on without a cluster; a run says that something may be left. */
function unseen(context: DeployContext, error: unknown): Action[] {
  const refused = error instanceof PodhostError ? refusedRight(error) : undefined;
  if (refused !== undefined) {
    // The preflight asks for rights on what is applied; what was applied before may be of other kinds.
    context.tell(`Note: what an earlier version left stays, for want of a right to look for it: ${refused}`);
    return [];
  }
  return [failedLook(context, 'Look for what an earlier version left', error)];
}
