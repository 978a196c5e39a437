import { k8s } from 'cdk8s-plus-27';
import { z } from 'zod';

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

// Records, since a shape would put what it names before all else.
const mapping = z.record(z.string(), z.unknown());

/** A StatefulSet whose claims say what they are: the API server adds it, and Argo CD would see a difference for ever. */
export class ClaimingStatefulSet extends k8s.KubeStatefulSet {
  // Neither the properties nor a patch may have these two.
  override toJson(): object {
    const json = mapping.parse(super.toJson());
    const spec = mapping.parse(json['spec']);
    const claims = z.array(mapping).parse(spec['volumeClaimTemplates']);
    const volumeClaimTemplates = claims.map((claim) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      ...claim,
    }));
    return { ...json, spec: { ...spec, volumeClaimTemplates } };
  }
}
