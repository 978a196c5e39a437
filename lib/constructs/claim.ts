import { k8s } from 'cdk8s-plus-27';

/** A request for storage that outlives a pod. */
export interface Claim {
  /** Kubernetes quantity, e.g. `1Gi`. */
  readonly size: string;
  /**
   * Who may mount it at once.
   *
   * @default ReadWriteOnce
   */
  readonly accessMode?: 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany';
  /**
   * Storage class.
   *
   * @default - the cluster's own
   */
  readonly storageClassName?: string;
}

/** Whether only one pod at a time can write to it. */
export const isExclusive = (claim: Claim): boolean => (claim.accessMode ?? 'ReadWriteOnce') !== 'ReadWriteMany';

export function claimSpec({ size, accessMode, storageClassName }: Claim): k8s.PersistentVolumeClaimSpec {
  return {
    accessModes: [accessMode ?? 'ReadWriteOnce'],
    storageClassName,
    resources: { requests: { storage: k8s.Quantity.fromString(size) } },
  };
}
