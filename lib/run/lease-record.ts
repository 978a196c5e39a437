import { z } from 'zod';

/** What stands in the Lease, as far as it matters here. */
export const leaseSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), resourceVersion: z.string() }),
  spec: z
    .looseObject({
      holderIdentity: z.string().optional(),
      leaseDurationSeconds: z.number().optional(),
      acquireTime: z.string().optional(),
      renewTime: z.string().optional(),
    })
    .default({}),
});

export type LeaseRecord = z.output<typeof leaseSchema>;

export interface LeaseSpec {
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  readonly acquireTime?: string;
  readonly renewTime?: string;
}

export const leaseNamespace = 'default';

/** The Lease of a system. */
export const leaseName = (system: string): string => `podhost-${system}`;

/**
 * The object to write. With a resource version the server refuses it when somebody else has written in between; without
 * one it is made anew.
 *
 * @see https://kubernetes.io/docs/concepts/architecture/leases/
 */
export const leaseObject = (name: string, spec: LeaseSpec, resourceVersion?: string): string =>
  JSON.stringify({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: leaseNamespace, ...(resourceVersion === undefined ? {} : { resourceVersion }) },
    spec,
  });

/** A moment as a Lease holds it: in microseconds. */
export const microTime = (date: Date): string => date.toISOString().replace('Z', '000Z');

/** When it may be taken over unless it is renewed; undefined when nobody holds it. */
export function expiry({ spec }: LeaseRecord): Date | undefined {
  const { holderIdentity, renewTime, leaseDurationSeconds = 0 } = spec;
  if (holderIdentity === undefined || holderIdentity === '' || renewTime === undefined) {
    return undefined;
  }
  return new Date(Date.parse(renewTime) + leaseDurationSeconds * 1_000);
}
