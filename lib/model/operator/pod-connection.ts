import type { Collector } from '../collector/collector.ts';
import type { Workload } from '../workload.ts';

/**
 * Whether the address of the pod is at the other end of the connections of a collector on the path of its spans: of the
 * first one outside of the pod. To one inside they come from `localhost`.
 *
 * @param before collectors on the path before it, in order
 */
export const seesPodAddress = (workload: Workload, before: readonly Collector[], collector: Collector): boolean =>
  !isInPod(workload, collector) && before.every((other) => isInPod(workload, other));

const isInPod = ({ namespace, title }: Workload, collector: Collector): boolean =>
  collector.isSidecar === true || (collector.namespace === namespace && collector.title === title);
