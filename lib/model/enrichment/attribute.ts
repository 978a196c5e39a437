/** An attribute of the resource that spans come from. */
export interface Attribute {
  /** Its value, with what only the cluster knows as `<metadata.name>`; undefined where nothing that was read says it. */
  readonly value: string | undefined;
  /** What puts it there, e.g. `the SDK` or `k8sattributes`. */
  readonly from: string;
}

export type Attributes = ReadonlyMap<string, Attribute>;

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
