/** Inputs have few different texts of a kind, and hostile ones many. */
const mostKept = 10_000;

/** A function of a text that is computed once for each, since inputs repeat theirs. */
export function remembered<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) {
      return before.value;
    }
    if (known.size >= mostKept) {
      known.clear();
    }
    const value = compute(text);
    known.set(text, { value });
    return value;
  };
}
