import { isMapping, type Mapping } from '../yaml/value.ts';

/** Merges mappings key by key; anything else, an empty list and null included, replaces what was there. */
export function merged(base: unknown, over: unknown): unknown {
  if (!isMapping(base) || !isMapping(over)) {
    return over;
  }
  const both = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    both.set(key, both.has(key) ? merged(both.get(key), value) : value);
  }
  return Object.fromEntries(both);
}

/**
 * Merges values over a chart's own as Helm does: null takes away what the chart has, and stays where it has nothing.
 *
 * @see https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key
 */
export function withValues(defaults: Mapping, values: Mapping): Mapping {
  const both = new Map(Object.entries(defaults));
  for (const [key, value] of Object.entries(values)) {
    const own = both.get(key);
    if (value === null && both.has(key)) {
      both.delete(key);
    } else {
      both.set(key, isMapping(own) && isMapping(value) ? withValues(own, value) : value);
    }
  }
  return Object.fromEntries(both);
}
