/** Leave to do one thing with one kind of object. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  /** In the plural; with a subresource as `pods/log`. */
  readonly resource: string;
  /** Undefined for the whole cluster. */
  readonly namespace: string | undefined;
}

/** Rights to do several things with several kinds of one group. */
export const rights = (
  namespace: string | undefined,
  group: string,
  resources: readonly string[],
  verbs: readonly string[],
): Right[] => resources.flatMap((resource) => verbs.map((verb) => ({ verb, group, resource, namespace })));

/** Each right once. */
export const distinct = (all: readonly Right[]): Right[] => [
  ...new Map(all.map((right) => [Object.values(right).join('\n'), right])).values(),
];
