import { z } from 'zod';
import { absolutePath, dnsLabel, dnsSubdomain, quantity } from './scalars.ts';

/** Storage that outlives a pod. @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/ */
export const claimSchema = z.strictObject({
  size: quantity('1Gi').describe('Size of the volume.'),
  accessMode: z
    .enum(['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'])
    .default('ReadWriteOnce')
    .describe('ReadWriteOnce allows one replica, which is stopped before its successor starts.'),
  storageClassName: dnsSubdomain().optional().describe("Storage class. Default: the cluster's own."),
});

/** A writable folder of a container; without `claim` it is emptied at every restart of the pod. */
export const volumeSchema = z.strictObject({
  name: dnsLabel().describe('Name of the volume and, with `claim`, of the PersistentVolumeClaim.'),
  mountPath: absolutePath().describe('Where the container sees it.'),
  claim: claimSchema.optional().describe('Keep the content in a PersistentVolumeClaim. Default: an emptyDir.'),
});

export type ClaimConfig = z.output<typeof claimSchema>;
export type VolumeConfig = z.output<typeof volumeSchema>;
