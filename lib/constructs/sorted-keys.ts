/**
 * A value with the keys of all its mappings in order, as cdk8s has them in a manifest.
 *
 * What a user wrote goes into a manifest as a patch: cdk8s itself refuses mappings with the key `constructor`.
 */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortedKeys);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([key, child]) => [key, sortedKeys(child)]),
      )
    : value;
}
