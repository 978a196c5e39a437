const binaryUnits = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const;

/**
 * The value of `GOMEMLIMIT` for a container's memory limit: 75 % of it, where the memory limiter begins to refuse.
 *
 * @param limit binary quantity, e.g. `512Mi`
 * @throws Error for a limit in other units
 * @see https://pkg.go.dev/runtime#hdr-Environment_Variables
 */
export function softMemoryLimit(limit: string): string {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti)$/.exec(limit) ?? [];
  const bytes = Object.entries(binaryUnits).find(([name]) => name === unit)?.[1];
  if (amount === undefined || bytes === undefined) {
    throw new Error(`memory limit ${limit} of a collector: write it in Mi or Gi, e.g. 512Mi`);
  }
  return `${Math.floor((Number(amount) * bytes * 0.75) / binaryUnits.Mi)}MiB`;
}
