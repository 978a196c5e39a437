import type { Collector } from '../../../model/collector/collector.ts';
import type { Model } from '../../../model/model.ts';
import { walkedPaths } from '../../../model/path/walked-path.ts';

/** Whether spans come through a collector, all of which have pod and node where they are counted. */
export function hasEnrichedPaths(model: Model, collector: Collector): boolean {
  const paths = pathsThrough(model, collector);
  return (
    paths.length > 0 &&
    paths.every(({ hops }) => hops.some(({ name, status }) => name === 'processors' && status === 'ok'))
  );
}

/** The paths of all spans that come through a collector. */
export const pathsThrough = (model: Model, collector: Collector) =>
  walkedPaths(model).filter(({ spanPath }) => spanPath.collectors.includes(collector));
