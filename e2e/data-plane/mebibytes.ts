/** A memory quantity of a pod, e.g. `512Mi`. */
export function mebibytes(quantity: string): number {
  const [, amount, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity) ?? [];
  if (amount === undefined) throw new Error(`memory ${JSON.stringify(quantity)} is not in Mi or Gi`);
  return Number(amount) * (unit === 'Gi' ? 1_024 : 1);
}
