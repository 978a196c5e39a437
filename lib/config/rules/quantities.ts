import { quoted } from '../../text/quoted.ts';
import type { Finding } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import type { ConfigRule } from './rule.ts';
import { claimsOf, resourcesOf } from './system-parts.ts';

const binary = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 } as const;
const decimal = { k: 1, M: 2, G: 3, T: 4, P: 5, E: 6 } as const;

/** Thousandths of the unit, exact: 128Mi has more digits than a double keeps once `m` is the unit. */
type Milli = bigint;

/** The amount that a Kubernetes quantity of the configuration's form stands for; what is finer is rounded up. */
export function milliOf(quantity: string): Milli | undefined {
  const parts = partsOf(quantity);
  return parts === undefined ? undefined : (parts.amount + parts.scale - 1n) / parts.scale;
}

/** Whether nothing was rounded. */
function isWholeMilli(quantity: string): boolean {
  const parts = partsOf(quantity);
  return parts !== undefined && parts.amount % parts.scale === 0n;
}

/** Far more than any quantity has, and few enough to calculate with. */
const maximumDigits = 64;

function partsOf(quantity: string): { readonly amount: bigint; readonly scale: bigint } | undefined {
  if (quantity.length > maximumDigits) {
    return undefined;
  }
  const [, whole = '', fraction = '', unit = ''] = /^(\d+)(?:\.(\d+))?([A-Za-z]*)$/.exec(quantity) ?? [];
  const factor = factorOf(unit);
  return whole === '' || factor === undefined
    ? undefined
    : { amount: BigInt(whole + fraction) * factor, scale: 10n ** BigInt(fraction.length) };
}

function factorOf(unit: string): bigint | undefined {
  if (unit === '' || unit === 'm') {
    return unit === '' ? 1000n : 1n;
  }
  const decimalPower = entry(decimal, unit);
  const binaryPower = entry(binary, unit);
  if (decimalPower !== undefined) {
    return 1000n * 1000n ** BigInt(decimalPower);
  }
  return binaryPower === undefined ? undefined : 1000n * 1024n ** BigInt(binaryPower);
}

const entry = (powers: Readonly<Record<string, number>>, unit: string): number | undefined =>
  Object.hasOwn(powers, unit) ? powers[unit] : undefined;

/** Kubernetes refuses a container that is promised more than it may use. */
const noRequestAboveLimit: ConfigRule = {
  id: 'no-request-above-limit',
  *check({ system }) {
    for (const resources of resourcesOf(system)) {
      for (const name of ['cpu', 'memory']) {
        const request = resources.at('requests', name);
        const limit = resources.at('limits', name);
        const requested = milliOf(request.text() ?? '');
        const allowed = milliOf(limit.text() ?? '');
        if (requested !== undefined && allowed !== undefined && allowed > 0n && requested > allowed) {
          const message = `${name} request ${request.text()} is more than the limit ${limit.text()} (line ${limit.place.line})`;
          yield request.finding(message, `write: ${limit.text()} or less`);
        }
      }
    }
  },
};

/** Quantities that parse and still cannot be meant: none at all, thousandths of a byte, mebibytes of a processor. */
const validQuantity: ConfigRule = {
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

export const quantityRules: readonly ConfigRule[] = [noRequestAboveLimit, validQuantity];
