import type { Finding } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import type { Rule } from './rule.ts';
import { claimsOf, resourcesOf } from './support/parts.ts';
import { milliOf } from './support/quantity.ts';

/** Quantities that parse and still cannot be meant: none at all, thousandths of a byte, mebibytes of a processor. */
export const validQuantity: Rule = {
  id: 'valid-quantity',
  *check({ system }) {
    for (const resources of resourcesOf(system)) {
      for (const side of ['requests', 'limits']) {
        yield* cpu(resources.at(side, 'cpu'), side);
        yield* bytes(resources.at(side, 'memory'), `memory ${side.slice(0, -1)}`, side === 'limits');
      }
    }
    for (const claim of claimsOf(system)) {
      yield* bytes(claim.get('size'), 'size', true, 'Gi');
    }
  },
};

/** A container with less does not start, and no volume is made so small. */
const leastBytes = 4n * 1024n * 1024n;

function* cpu(value: Located, side: string): Iterable<Finding> {
  const written = value.text() ?? '';
  const amount = milliOf(written);
  if (amount === undefined) {
    return;
  }
  if (amount === 0n && side === 'limits') {
    yield value.finding('a CPU limit of 0 means no limit at all', 'write: 250m');
  } else if (/[A-Za-z]$/.test(written) && !written.endsWith('m')) {
    const message = `${written} of CPU are more processors than any node has`;
    yield value.finding(message, `write: ${Number.parseInt(written, 10)}m`);
  }
}

function* bytes(value: Located, what: string, mustHold: boolean, unit = 'Mi'): Iterable<Finding> {
  const written = value.text() ?? '';
  const amount = milliOf(written);
  if (amount === undefined || (amount === 0n && !mustHold)) {
    return;
  }
  const number = Number.parseInt(written, 10);
  if (written.endsWith('m')) {
    yield value.finding(`${what} ${written} counts thousandths of a byte`, `write: ${number}${unit}`);
  } else if (amount < leastBytes * 1000n) {
    const message = amount === 0n ? `${what} is 0` : `${what} ${written} is less than anything can work with`;
    yield value.finding(message, `write: ${number === 0 ? (unit === 'Mi' ? '128Mi' : '1Gi') : `${number}${unit}`}`);
  }
}
