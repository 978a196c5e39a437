import { findOtherGitops } from '../../../gitops/find-other-gitops.ts';
import type { DeployContext } from '../../../run/context.ts';
import type { ObjectName } from '../../../run/kube/objects.ts';
import { findHandMade, type HandMade } from './find-hand-made.ts';
import { findOtherDelivery } from './find-other-delivery.ts';
import { type EarlierRelease, findReleases } from './find-releases.ts';

/** What an earlier installation of a collector left in the cluster, in the way of this one. */
export interface Earlier {
  readonly releases: readonly EarlierRelease[];
  readonly handMade: readonly HandMade[];
  /** What this system itself had of the collector before helm was to install it. */
  readonly otherDelivery: readonly ObjectName[];
  /** What a GitOps tool was told before somebody else was to keep the system. */
  readonly otherGitops: readonly ObjectName[];
}

/** Looks for it, and changes nothing. */
export async function findEarlier(context: DeployContext): Promise<Earlier> {
  const [releases, handMade, otherDelivery, otherGitops] = await Promise.all([
    findReleases(context),
    findHandMade(context),
    findOtherDelivery(context),
    findOtherGitops(context),
  ]);
  return { releases, handMade, otherDelivery, otherGitops };
}

/** What of it others may come across: its workloads and their Services. */
export const earlierObjects = ({ releases, handMade, otherDelivery }: Earlier): ObjectName[] => [
  ...releases.flatMap(({ objects }) => objects),
  ...handMade.map(({ daemonSet }) => daemonSet),
  ...otherDelivery,
];
