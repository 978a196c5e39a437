/** An attribute of the resource that spans come from. */
export interface Attribute {
  /** Its value, with what only the cluster knows as `<metadata.name>`; undefined where it is in no file that was read. */
  readonly value: string | undefined;
  /** What puts it there, e.g. `the SDK` or `k8sattributes`. */
  readonly from: string;
  /** What it was copied or made of: its value depends on what that depends on, whatever its own name. */
  readonly origin?: { readonly name: string; readonly value: string | undefined };
}

export type Attributes = ReadonlyMap<string, Attribute>;

/** An attribute whose value is made of another one. */
export const madeOf = (name: string, source: Attribute, value: string | undefined, from: string): Attribute => ({
  value,
  from,
  origin: source.origin ?? { name, value: source.value },
});

/** Attributes with more, where those that are there stay. */
export function withAbsent(before: Attributes, more: Iterable<readonly [string, Attribute]>): Map<string, Attribute> {
  const after = new Map(before);
  for (const [name, attribute] of more) {
    if (!after.has(name)) {
      after.set(name, attribute);
    }
  }
  return after;
}
