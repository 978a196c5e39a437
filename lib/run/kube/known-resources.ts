import { PodhostError } from '../../problems/podhost-error.ts';
import type { DeployContext } from '../context.ts';
import { commandProblem } from './command-problem.ts';

/**
 * The resources that the API server knows, as `deployments.apps`. A group whose own server does not answer is left out:
 * kubectl fails then and has told all others.
 *
 * @throws PodhostError when it tells nothing
 */
export async function knownResources({ runner, kubectl }: DeployContext): Promise<ReadonlySet<string>> {
  const command = kubectl(['api-resources', '--output=name']);
  const result = await runner.run(command);
  if (result.exitStatus === undefined || (result.exitStatus !== 0 && result.stdout === '')) {
    throw new PodhostError([commandProblem(command, result)], 3);
  }
  return new Set(result.stdout.split('\n'));
}
