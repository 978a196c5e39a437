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

/** Adds attributes, where those that are there stay. */
export function addAbsent(attributes: Map<string, Attribute>, more: Iterable<readonly [string, Attribute]>): void {
  for (const [name, attribute] of more) {
    if (!attributes.has(name)) {
      attributes.set(name, attribute);
    }
  }
}

/** Adds attributes that a processor has found, where those that are there stay. */
export function addValues(
  attributes: Map<string, Attribute>,
  more: readonly (readonly [string, string | undefined])[],
  from: string,
): void {
  for (const [name, value] of more) {
    if (!attributes.has(name)) {
      attributes.set(name, { value, from });
    }
  }
}
