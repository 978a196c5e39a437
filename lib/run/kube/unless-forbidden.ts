import { PodhostError } from '../../problems/podhost-error.ts';
import { refusedRight } from './refused-right.ts';

/** What a look at the cluster brings; nothing when this user may not look there. */
export async function unlessForbidden<T>(look: () => Promise<T[]>): Promise<T[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof PodhostError && refusedRight(error) !== undefined) {
      return [];
    }
    throw error;
  }
}
