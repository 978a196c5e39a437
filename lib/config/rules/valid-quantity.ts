import { quoted } from '../../text/quoted.ts';
import type { Finding } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import type { ConfigRule } from './rule.ts';
import { claimsOf, resourcesOf } from './support/parts.ts';
import { isWholeMilli, maximumDigits, milliOf } from './support/quantity.ts';

/** Quantities that parse and still cannot be meant: none at all, thousandths of a byte, mebibytes of a processor. */
export const validQuantity: ConfigRule = {
  id: 'valid-quantity',
  *check({ system }) {
    for (const resources of resourcesOf(system)) {
      for (const side of ['requests', 'limits']) {
        const [processors, memory] = [resources.at(side, 'cpu'), resources.at(side, 'memory')];
        yield* tooLong(processors) ?? cpu(processors, side);
        yield* tooLong(memory) ?? bytes(memory, `memory ${side.slice(0, -1)}`, side === 'limits');
      }
    }
    for (const claim of claimsOf(system)) {
      const size = claim.get('size');
      yield* tooLong(size) ?? bytes(size, 'size', true, 'Gi');
    }
  },
};

/** A container with less does not start, and no volume is made so small. */
const leastBytes = 4n * 1024n * 1024n;

/** Kubernetes takes what is more for this without a word. @see https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource */
const mostBytes = 2n ** 63n - 1n;

function* cpu(value: Located, side: string): Iterable<Finding> {
  const written = value.text() ?? '';
  const amount = milliOf(written);
  if (amount === undefined) {
    return;
  }
  if (amount === 0n && side === 'limits') {
    yield value.finding('a CPU limit of 0 means no limit at all', 'write: 250m');
  } else if ((/[A-Za-z]$/.test(written) && !written.endsWith('m')) || amount > mostBytes) {
    const message = `${written} of CPU are more processors than any node has`;
    yield value.finding(message, `write: ${amount > mostBytes ? 250 : Number.parseInt(written, 10)}m`);
  } else if (!isWholeMilli(written)) {
    const message = `${written} of CPU is more precise than a thousandth of a processor, the least that Kubernetes counts`;
    yield value.finding(message, `write: ${amount}m`);
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
  } else if (amount > mostBytes * 1000n) {
    const message = `${what} ${written} is more than Kubernetes can count, ${mostBytes} bytes`;
    yield value.finding(message, `write: ${unit === 'Mi' ? '128Mi' : '10Gi'}`);
  } else if (!isWholeMilli(written) || (/\.\d*$/.test(written) && amount % 1000n !== 0n)) {
    yield value.finding(`${what} ${written} counts parts of a byte`, `write: ${(amount + 999n) / 1000n}`);
  }
}

function tooLong(value: Located): [Finding] | undefined {
  const written = value.text() ?? '';
  return written.length > maximumDigits
    ? [value.finding(`the quantity ${quoted(written)} has ${written.length} characters`, 'write: a number and a unit')]
    : undefined;
}
