import { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from './context.ts';

/** What a look at the present state brings. A dry run reports why it brings nothing and goes on; a run fails there. */
export async function presentState<T>(
  { unasked }: Pick<DeployContext, 'unasked'>,
  look: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    // What is wrong with the configuration keeps a dry run from going on as well.
    if (unasked === undefined || !(error instanceof PodhostError) || error.exitStatus !== 3) {
      throw error;
    }
    unasked(error);
    return undefined;
  }
}
