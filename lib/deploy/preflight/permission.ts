/** Permission for one verb on one resource, or on one address of the API server that is no resource. */
export interface RequiredPermission {
  readonly verb: string;
  readonly group: string;
  /** Plural name, with a subresource e.g. `pods/log`; empty for an address. */
  readonly resource: string;
  /** Undefined for cluster scope. */
  readonly namespace: string | undefined;
  /**
   * The one object that it is for.
   *
   * @default - all of the resource
   */
  readonly name?: string;
  /**
   * An address that is no resource, e.g. `/metrics`.
   *
   * @default - it is for a resource
   */
  readonly path?: string;
  /**
   * Another permission that makes this one unnecessary.
   *
   * @default - none does
   */
  readonly unless?: RequiredPermission;
}

/** Permissions for several verbs on several resources of one group. */
export const permissions = (
  namespace: string | undefined,
  group: string,
  resources: readonly string[],
  verbs: readonly string[],
): RequiredPermission[] => resources.flatMap((resource) => verbs.map((verb) => ({ verb, group, resource, namespace })));

/** A key that is equal for the same permission, whatever makes it unnecessary. */
export const permissionKey = ({ verb, group, resource, namespace, name, path }: RequiredPermission): string =>
  JSON.stringify([verb, group, resource, namespace ?? null, name ?? null, path ?? null]);

/** Removes duplicates. */
export const distinct = (all: readonly RequiredPermission[]): RequiredPermission[] => [
  ...new Map(
    all.map((permission) => {
      const { unless } = permission;
      return [`${permissionKey(permission)} ${unless === undefined ? '' : permissionKey(unless)}`, permission];
    }),
  ).values(),
];
