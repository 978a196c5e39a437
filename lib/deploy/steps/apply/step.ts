import { join } from 'node:path';
import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { CommandResult } from '../../../run/command/command.ts';
import type { DeployContext } from '../../../run/context.ts';
import { refusedRight } from '../../../run/kube/error-output.ts';
import { distObjects, gitopsFolder } from '../../../run/kube/manifests.ts';
import { fieldManager, identity, type ObjectName } from '../../../run/kube/objects.ts';
import { labelledObjects } from '../../../run/kube/system-objects.ts';
import type { Action, Step } from '../../../run/step.ts';
import { failedLook } from '../../../run/step.ts';
import { run, sh } from '../../../text/shell.ts';
import { deleteActions } from './delete-objects.ts';
import { rolloutActions } from './rollout.ts';

/** Makes the cluster as the manifests say, and waits until all of it runs; or tells a GitOps tool to. */
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

/** How many objects a slow server takes in a second. */
const slowest = 5;

/** Writes all manifests. What somebody else has set since is not overwritten, but told. */
export function applyAction({ kubectl, dist }: DeployContext, count: number): Action {
  const args = ['apply', '--server-side', `--field-manager=${fieldManager}`, `--filename=${dist}`];
  let applied = 0;
  return {
    title: `Apply the ${count} objects of ${dist}`,
    commands: [kubectl(args, { timeoutSeconds: 120 + count / slowest })],
    tell: () => {
      applied += 1;
      return `${applied} of ${count}`;
    },
    explain: async (_, result) => conflictProblem(result, args),
  };
}

/** Who owns the fields that could not be written. */
function conflictProblem({ stderr }: CommandResult, args: readonly string[]): Problem | undefined {
  const owners = [...stderr.matchAll(/conflicts? with "([^"]+)"/g)].map(([, owner = '']) => owner);
  if (owners.length === 0) {
    return undefined;
  }
  // One stands behind a colon, several in a list.
  const fields = [...stderr.matchAll(/(?:^\s*- |: )(\.\S+)$/gm)].map(([, field = '']) => field);
  return {
    code: 'deploy/field-conflict',
    message: `${[...new Set(owners)].join(', ')} has set fields of these manifests to something else: ${[...new Set(fields)].join(', ')}`,
    suggestion: `put the value into the configuration, or overwrite what stands there. ${run(sh`kubectl ${args} --force-conflicts`)}`,
  };
}

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
