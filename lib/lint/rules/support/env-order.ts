import { referencesIn } from '../../../model/environment/expand.ts';

/** An entry of `env`, as far as order matters. */
export interface OrderedEntry {
  readonly name: string;
  readonly value: string | undefined;
}

/**
 * Names in an order in which each stands after all that it refers to, and otherwise as before.
 *
 * @returns undefined where there is no such order, or a name is there twice
 */
export function orderOf(entries: readonly OrderedEntry[]): string[] | undefined {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  if (byName.size < entries.length) {
    return undefined;
  }
  const done = new Set<string>();
  const open = new Map<string, OrderedEntry[]>();
  for (const entry of entries) {
    // Each with what it refers to on top of it; a long chain would exhaust the stack of a recursion.
    const stack = [entry];
    for (let current = stack.at(-1); current !== undefined; current = stack.at(-1)) {
      const needed = open.get(current.name) ?? neededBy(current, byName);
      open.set(current.name, needed);
      const next = needed.pop();
      if (next === undefined || done.has(current.name)) {
        done.add(current.name);
        stack.pop();
      } else if (!done.has(next.name)) {
        if (open.has(next.name)) {
          return undefined;
        }
        stack.push(next);
      }
    }
  }
  return [...done];
}

/** What an entry refers to, the first last. */
const neededBy = ({ value }: OrderedEntry, byName: ReadonlyMap<string, OrderedEntry>): OrderedEntry[] =>
  referencesIn(value ?? '')
    .flatMap((reference) => byName.get(reference) ?? [])
    .reverse();
