const binary = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 } as const;
const decimal = { k: 1, M: 2, G: 3, T: 4, P: 5, E: 6 } as const;

/** Thousandths of the unit, exact: 128Mi has more digits than a double keeps once `m` is the unit. */
export type Milli = bigint;

/** The amount that a Kubernetes quantity of the configuration's form stands for; what is finer is rounded up. */
export function milliOf(quantity: string): Milli | undefined {
  const parts = partsOf(quantity);
  return parts === undefined ? undefined : (parts.amount + parts.scale - 1n) / parts.scale;
}

/** Whether nothing was rounded. */
export function isWholeMilli(quantity: string): boolean {
  const parts = partsOf(quantity);
  return parts !== undefined && parts.amount % parts.scale === 0n;
}

/** Far more than any quantity has, and few enough to calculate with. */
export const maximumDigits = 64;

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
