import { componentType } from '../../pipeline/component.ts';
import type { CollectorPipeline } from '../../pipeline/pipelines.ts';
import type { Tier } from './collector.ts';

/** What a collector is in the way of a span, by where it runs and what it is configured to do. */
export function tierOf(isOnEveryNode: boolean, pipelines: readonly CollectorPipeline[]): Tier {
  const has = (part: 'receivers' | 'processors', ...types: string[]) =>
    pipelines.some((pipeline) => pipeline[part].some((id) => types.includes(componentType(id))));
  if (isOnEveryNode) {
    return 'agent';
  }
  if (has('receivers', 'k8s_cluster', 'k8sobjects')) {
    return 'cluster-collector';
  }
  return has('processors', 'tail_sampling') ? 'gateway' : 'other';
}
