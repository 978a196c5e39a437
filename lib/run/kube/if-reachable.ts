import { PodhostError } from '../../problems/podhost-error.ts';

/**
 * What a look at the cluster brings; undefined when it brings nothing because there is no cluster yet. A deployment
 * that needs one has found that out before; a dry run shows what it can.
 */
export async function ifReachable<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof PodhostError) {
      return undefined;
    }
    throw error;
  }
}
