import type { Pipelines } from '../../pipeline/pipelines.ts';
import type { Tier } from './collector.ts';

/** What a collector is in the path of a span, by where it runs and what it is configured to do. */
export function tierOf(isOnEveryNode: boolean, pipelines: Pipelines): Tier {
  if (isOnEveryNode) {
    return 'agent';
  }
  if (pipelines.with('receivers', 'k8s_cluster', 'k8sobjects').length > 0) {
    return 'cluster-collector';
  }
  return pipelines.with('processors', 'tail_sampling').length > 0 ? 'gateway' : 'other';
}
