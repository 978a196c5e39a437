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

/** How the `env` of a container changes; indexes count in the list as it is written. */
export interface EnvPlan {
  readonly inserted: readonly EnvEntry[];
  /** The entry that the new ones stand before; undefined puts them at the end. */
  readonly before: number | undefined;
  readonly replaced: readonly Replacement[];
  /** Entries that are put in front of the new ones, because something before them refers to them. */
  readonly moved: readonly number[];
}

export const isEmptyPlan = ({ inserted, replaced, moved }: EnvPlan): boolean =>
  inserted.length + replaced.length + moved.length === 0;

/** The list that a plan makes of `env`, with entries that stay as they are. */
export function applyPlan<T>(env: readonly T[], { inserted, before, replaced, moved }: EnvPlan): (T | EnvEntry)[] {
  const result: (T | EnvEntry)[] = [];
  const block = () => [...moved.flatMap((index) => env.slice(index, index + 1)), ...inserted];
  for (const [index, entry] of env.entries()) {
    if (index === before) {
      result.push(...block());
    }
    if (!moved.includes(index)) {
      result.push(replaced.find((replacement) => replacement.index === index)?.entry ?? entry);
    }
  }
  return before === undefined ? [...result, ...block()] : result;
}
