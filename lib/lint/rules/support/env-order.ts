import { type EnvTarget, findEnv } from './env-text.ts';
import { references } from './references.ts';

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
  references(value ?? '')
    .flatMap((reference) => byName.get(reference) ?? [])
    .reverse();

/** Moves every variable before those that refer to it. */
export function reorderEnv(text: string, target: EnvTarget): string {
  const env = findEnv(text, target);
  if (env === undefined) {
    return text;
  }
  const value = (entry: unknown) => (typeof entry === 'string' ? entry : undefined);
  const order = orderOf(env.entries.map(({ name, node }) => ({ name, value: value(node.get('value')) })));
  if (order === undefined) {
    return text;
  }
  const pieces = new Map(env.entries.map(({ name, start, end }) => [name, text.slice(start, end)]));
  const ordered = order.map((name) => pieces.get(name) ?? '');
  return env.flow ? inFlow(text, env.entries, ordered) : inBlock(text, env.entries, ordered);
}

type Span = { readonly start: number; readonly end: number };

function inFlow(text: string, slots: readonly Span[], pieces: readonly string[]): string {
  return slots.reduceRight(
    (edited, { start, end }, index) => edited.slice(0, start) + pieces[index] + edited.slice(end),
    text,
  );
}

function inBlock(text: string, slots: readonly Span[], pieces: readonly string[]): string {
  const start = slots[0]?.start ?? 0;
  const end = slots.at(-1)?.end ?? 0;
  const wholeLines = pieces.map((piece) => (piece.endsWith('\n') ? piece : `${piece}\n`)).join('');
  const atEnd = text.slice(start, end).endsWith('\n') ? wholeLines : wholeLines.replace(/\n$/, '');
  return text.slice(0, start) + atEnd + text.slice(end);
}
