import type { Mapping } from '../../yaml/value.ts';

/** Memoizes what follows from the settings of a processor alone, because the spans of every service pass it. */
export function perProcessor<T extends object>(
  compute: (config: Mapping, id: string) => T,
): (config: Mapping, id: string) => T {
  const known = new WeakMap<Mapping, Map<string, T>>();
  return (config, id) => {
    const before = known.get(config)?.get(id);
    if (before !== undefined) {
      return before;
    }
    const ofConfig = known.get(config) ?? new Map<string, T>();
    const result = compute(config, id);
    known.set(config, ofConfig.set(id, result));
    return result;
  };
}
