import { isMapping, listAt, type Mapping, mappingAt, textAt, valueAt } from '../yaml/value.ts';

/** One entry of `env`. */
export interface EnvEntry {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: Mapping;
}

/** The entries of a container's `env` as they are written; what has no name is left out. */
export const entriesOf = (container: unknown): readonly (EnvEntry | undefined)[] =>
  listAt(container, 'env').map((entry): EnvEntry | undefined => {
    const name = textAt(entry, 'name');
    if (name === undefined) {
      return undefined;
    }
    const value = textAt(entry, 'value');
    const from = valueAt(entry, 'valueFrom');
    return {
      name,
      ...(value === undefined ? {} : { value }),
      ...(isMapping(from) ? { valueFrom: from } : {}),
    };
  });

/** The field of the pod that an entry has as its value. */
export const fieldPathOf = (entry: EnvEntry): string | undefined =>
  textAt(mappingAt(entry, 'valueFrom'), 'fieldRef', 'fieldPath');

/** An entry whose value is a field of the pod. */
export const fieldEntry = (name: string, fieldPath: string): EnvEntry => ({
  name,
  valueFrom: { fieldRef: { fieldPath } },
});

/** An existing entry gets other content. */
export interface Replacement {
  readonly index: number;
  readonly entry: EnvEntry;
  /**
   * Keys of the resource attributes behind the text that was there.
   *
   * @default - the value is another one
   */
  readonly appended?: readonly string[];
}

/** An existing entry is put in front of one that stands before it. */
export interface Move {
  readonly index: number;
  readonly before: number;
}

/** How the `env` of a container changes; indexes count in the list as it is written. */
export interface EnvPlan {
  readonly inserted: readonly EnvEntry[];
  /** The entry that the new ones stand before; undefined puts them at the end. */
  readonly before: number | undefined;
  readonly replaced: readonly Replacement[];
  /** Entries that something before them refers to; of several with one place the first comes first. */
  readonly moved: readonly Move[];
  /** Entries that are taken out. */
  readonly removed: readonly number[];
}

export const noPlan: EnvPlan = { inserted: [], before: undefined, replaced: [], moved: [], removed: [] };

export const isEmptyPlan = ({ inserted, replaced, moved, removed }: EnvPlan): boolean =>
  inserted.length + replaced.length + moved.length + removed.length === 0;

/** Indexes of the entries that stay, in their new order. */
export function keptOrder(length: number, { moved, removed }: EnvPlan): number[] {
  const leaves = new Set([...removed, ...moved.map(({ index }) => index)]);
  return Array.from({ length }, (_, place) => [
    ...moved.filter(({ before }) => before === place).map(({ index }) => index),
    ...(leaves.has(place) ? [] : [place]),
  ]).flat();
}

/** A plan for the list that another one has left, as a plan for the list of so many entries that the other one is for. */
export function afterRemoval(plan: EnvPlan, removal: EnvPlan, length: number): EnvPlan {
  const kept = keptOrder(length, removal);
  const at = (index: number): number => kept[index] ?? index;
  return {
    inserted: plan.inserted,
    before: plan.before === undefined ? undefined : at(plan.before),
    replaced: plan.replaced.map((replacement) => ({ ...replacement, index: at(replacement.index) })),
    moved: plan.moved.map(({ index, before }) => ({ index: at(index), before: at(before) })),
    removed: [...removal.removed, ...plan.removed.map(at)],
  };
}

/** Where the new entries stand in an order: the number of kept entries before them. */
export function insertedAt(order: readonly number[], { before }: EnvPlan): number {
  const at = before === undefined ? -1 : order.indexOf(before);
  return at < 0 ? order.length : at;
}

/** The list that a plan makes of `env`, with entries that stay as they are. */
export function applyPlan<T>(env: readonly T[], plan: EnvPlan): (T | EnvEntry)[] {
  const replacements = new Map(plan.replaced.map(({ index, entry }) => [index, entry]));
  const order = keptOrder(env.length, plan);
  const kept = order.flatMap((index): (T | EnvEntry)[] => {
    const replacement = replacements.get(index);
    return replacement === undefined ? env.slice(index, index + 1) : [replacement];
  });
  const at = insertedAt(order, plan);
  return [...kept.slice(0, at), ...plan.inserted, ...kept.slice(at)];
}
