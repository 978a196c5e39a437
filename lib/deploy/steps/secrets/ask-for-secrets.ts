import type { DeployContext } from '../../../run/context.ts';
import { ifReachable } from '../../../run/kube/if-reachable.ts';
import { secretState } from './secret.ts';
import { wantedSecrets } from './wanted-secrets.ts';

/**
 * Asks for the values that neither the environment nor the cluster has, and puts them into the environment.
 *
 * @param ask asks for a value that does not show
 */
export async function askForSecrets(context: DeployContext, ask: (question: string) => Promise<string>): Promise<void> {
  for (const secret of wantedSecrets(context.config)) {
    const look = () => secretState(context, secret);
    // Where the run makes the cluster first, it has nothing yet; elsewhere not to know is no reason to ask for all.
    const state = await (context.config.deploy.k3s === undefined ? look() : ifReachable(look));
    const unset = secret.keys.filter((key) => (context.environment[key] ?? '') === '');
    for (const key of state?.missing ?? unset) {
      context.environment[key] = await ask(
        `${key} (Secret ${secret.name} in ${secret.namespace}; what you type does not show): `,
      );
    }
  }
}
