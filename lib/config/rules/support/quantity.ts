const binary = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 } as const;
const decimal = { k: 1, M: 2, G: 3, T: 4, P: 5, E: 6 } as const;

/** Thousandths of the unit, exact: 128Mi has more digits than a double keeps once `m` is the unit. */
export type Milli = bigint;

/** The amount that a Kubernetes quantity of the configuration's form stands for. */
export function milliOf(quantity: string): Milli | undefined {
  const [, whole = '', fraction = '', unit = ''] = /^(\d+)(?:\.(\d+))?([A-Za-z]*)$/.exec(quantity) ?? [];
  const factor = factorOf(unit);
  if (whole === '' || factor === undefined) {
    return undefined;
  }
  // Kubernetes rounds up what is finer than its unit.
  const scale = 10n ** BigInt(fraction.length);
  return (BigInt(whole + fraction) * factor + scale - 1n) / scale;
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
