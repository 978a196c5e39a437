import { join } from 'node:path';
import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { CommandResult } from '../../../run/command/command.ts';
import type { DeployContext } from '../../../run/context.ts';
import { deniedPermission } from '../../../run/kube/error-output.ts';
import { distObjects, fieldManager, gitopsFolder, identity, type ObjectName } from '../../../run/kube/objects.ts';
import { labelledObjects } from '../../../run/kube/system-objects.ts';
import { type Action, failedLookup, type Step } from '../../../run/step.ts';
import { runInstruction, sh } from '../../../text/shell.ts';
import { deleteActions } from './delete-objects.ts';
import { rolloutActions } from './rollout.ts';

/** Applies the manifests and waits for their rollout, or applies the configuration of a GitOps tool. */
export const applyStep: Step = {
  name: 'apply',
  title: 'Manifests',
  async actions(context) {
    const folder = gitopsFolder(context.config);
    if (folder !== undefined) {
      const dist = join(context.dist, folder);
      return [applyAction({ ...context, dist }, distObjects(dist).length)];
    }
    const objects = distObjects(context.dist);
    return [
      applyAction(context, objects.length),
      ...(await pruneActions(context, objects)),
      ...rolloutActions(context, objects),
    ];
  },
};

/** Objects that a slow server applies in a second. */
const slowest = 5;

/** Applies all manifests. A field of another manager is not overwritten but reported as a conflict. */
export function applyAction({ kubectl, dist }: DeployContext, count: number): Action {
  const args = ['apply', '--server-side', `--field-manager=${fieldManager}`, `--filename=${dist}`];
  let applied = 0;
  return {
    title: `Apply the ${count} objects of ${dist}`,
    commands: [kubectl(args, { timeoutSeconds: 120 + count / slowest })],
    progress: () => {
      applied += 1;
      return `${applied} of ${count}`;
    },
    explain: async (_, result) => conflictProblem(result, args),
  };
}

/** The problem of fields that another manager owns. */
function conflictProblem({ stderr }: CommandResult, args: readonly string[]): Problem | undefined {
  const owners = [...stderr.matchAll(/conflicts? with "([^"]+)"/g)].map(([, owner = '']) => owner);
  if (owners.length === 0) {
    return undefined;
  }
  // kubectl prints one field after a colon and several as a list.
  const fields = [...stderr.matchAll(/(?:^[ \t]*- |: )(\.\S+)$/gm)].map(([, field = '']) => field);
  return {
    code: 'deploy/field-conflict',
    message: `${[...new Set(owners)].join(', ')} has set fields of these manifests to other values: ${[...new Set(fields)].join(', ')}`,
    suggestion: `write the value into the configuration, or overwrite it: ${runInstruction(sh`kubectl ${args} --force-conflicts`)}`,
  };
}

/** Deletes objects of the system that are in no manifest any more. Volumes are kept unless `--prune-volumes` is set. */
export async function pruneActions(context: DeployContext, wanted: readonly ObjectName[]): Promise<Action[]> {
  let present: readonly ObjectName[];
  try {
    present = await labelledObjects(context);
  } catch (error) {
    return unknownObjects(context, error);
  }
  const keep = new Set(wanted.map(identity));
  const obsolete = present.filter((object) => !keep.has(identity(object)));
  return deleteActions(
    context,
    obsolete.filter(({ kind }) => kind !== 'PersistentVolumeClaim' || context.pruneVolumes),
  );
}

/** Without permission to list objects a note is printed; for other errors a dry run continues and a deployment fails. */
function unknownObjects(context: DeployContext, error: unknown): Action[] {
  const denied = error instanceof PodhostError ? deniedPermission(error) : undefined;
  if (denied !== undefined) {
    // The preflight checks permissions for the current manifests; removed ones may have had other kinds.
    context.report(
      `Note: objects of an older version were not pruned, because this user has no permission to list them: ${denied}`,
    );
    return [];
  }
  return [failedLookup(context, 'List objects of an older version', error)];
}
