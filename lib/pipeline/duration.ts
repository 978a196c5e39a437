const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * Milliseconds of a duration as Go writes it, such as `1m30s`; undefined where it is none. A bare number is one of
 * nanoseconds.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function durationMs(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^[+-]?\d+$/.test(trimmed)) {
    return Number(trimmed) * 1e-6;
  }
  const [, sign = '', parts = ''] = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00b5s|ms|s|m|h))+)$/.exec(trimmed) ?? [];
  if (parts === '') {
    return undefined;
  }
  const total = [...parts.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|\u00b5s|ms|s|m|h)/g)].reduce(
    (sum, [, number = '0', unit = 's']) => sum + Number(number) * (units[unit] ?? 0),
    0,
  );
  return sign === '-' ? -total : total;
}
