import type { Problem } from '../../../problems/problem.ts';
import type { Action } from '../../../run/action.ts';
import type { CommandResult } from '../../../run/command/command.ts';
import type { DeployContext } from '../../../run/context.ts';
import { fieldManager } from '../../../run/kube/names.ts';
import { run, sh } from '../../../text/shell.ts';

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
