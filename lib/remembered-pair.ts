/**
 * A function of an object and something of it that is computed once for each pair, because many ask the same.
 * Results are kept as long as the object.
 */
export function rememberedPair<Owner extends object, Key, Result extends object>(
  compute: (owner: Owner, key: Key) => Result,
): (owner: Owner, key: Key) => Result {
  const known = new WeakMap<Owner, Map<Key, Result>>();
  return (owner, key) => {
    const before = known.get(owner)?.get(key);
    if (before !== undefined) {
      return before;
    }
    const result = compute(owner, key);
    const ofOwner = known.get(owner) ?? new Map<Key, Result>();
    known.set(owner, ofOwner.set(key, result));
    return result;
  };
}
