/** How many values there are in a value, itself included. */
export const countValues = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, child) => sum + countValues(child), 1)
    : 1;

/** The value with one of the values in it replaced, counted in the order of the document. */
export function replacedValue(value: unknown, at: number, by: unknown): unknown {
  let index = -1;
  const visit = (current: unknown): unknown => {
    index++;
    if (index === at) {
      return by;
    }
    if (Array.isArray(current)) {
      return current.map(visit);
    }
    return typeof current === 'object' && current !== null
      ? Object.fromEntries(Object.entries(current).map(([key, child]) => [key, visit(child)]))
      : current;
  };
  return visit(value);
}
