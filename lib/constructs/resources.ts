import { k8s } from 'cdk8s-plus-27';

/** Amounts as Kubernetes quantities. */
export interface Amounts {
  /**
   * E.g. `250m`.
   *
   * @default - none
   */
  readonly cpu?: string;
  /**
   * E.g. `128Mi`.
   *
   * @default - none
   */
  readonly memory?: string;
  /**
   * E.g. `1Gi`.
   *
   * @default - none
   */
  readonly 'ephemeral-storage'?: string;
}

/** What a container is promised and may use at most. */
export interface Resources {
  /**
   * What the scheduler reserves.
   *
   * @default - nothing
   */
  readonly requests?: Amounts;
  /**
   * What the kubelet enforces.
   *
   * @default - all of the node
   */
  readonly limits?: Amounts;
}

/** The same with a limit of memory. */
export interface BoundedResources extends Resources {
  /** What the kubelet enforces. */
  readonly limits: Amounts & { readonly memory: string };
}

function quantities(amounts: Amounts | undefined): Record<string, k8s.Quantity> | undefined {
  const entries = Object.entries(amounts ?? {}).flatMap(([name, amount]) =>
    amount === undefined ? [] : [[name, k8s.Quantity.fromString(amount)] as const],
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Resources of a container; of none, nothing. */
export function resourceRequirements(resources: Resources | undefined): k8s.ResourceRequirements | undefined {
  const requests = quantities(resources?.requests);
  const limits = quantities(resources?.limits);
  return requests === undefined && limits === undefined ? undefined : { requests, limits };
}
