import type { Explanation } from '../../explain/explanation.ts';
import { broken, type HopCheck, proven, unchecked } from '../check.ts';

/**
 * Some hops of an explanation of the live objects as one check: the first that is broken, or that is not known.
 *
 * @param names names of hops, as `explain` has them
 */
export function explanationCheck(id: HopCheck['id'], { hops }: Explanation, names: readonly string[]): HopCheck {
  const own = hops.filter(({ name }) => names.includes(name));
  const found = own.find(({ status }) => status === 'broken') ?? own.find(({ status }) => status === 'unknown');
  const evidence = own.map(({ name, message }) => ({ message: `live, ${name}: ${message}` }));
  if (found === undefined) {
    const last = own.at(-1);
    return proven(id, last?.message ?? 'nothing is in the way', { evidence });
  }
  const reasons = found.reasons.map(({ message }) => message);
  const message = [found.message, ...reasons.slice(0, 2)].join(': ');
  return (found.status === 'broken' ? broken : unchecked)(id, message, { evidence });
}
