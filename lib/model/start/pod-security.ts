import { groupBy } from '../../group-by.ts';
import type { Place } from '../../problems/problem.ts';
import { textAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import { usesNode } from '../collector/node-access.ts';
import type { Manifest } from '../manifest.ts';
import { memoized } from '../spans/memoized.ts';

export const podSecurityLabel = 'pod-security.kubernetes.io/enforce';

/** A namespace that admits no pod of a collector, since they use their node. */
export interface RefusingNamespace {
  readonly collector: Collector;
  readonly manifest: Manifest;
  readonly level: string;
  readonly place: Place;
}

/** All of them, in the order of the namespaces. */
export const refusingNamespaces = memoized((model): readonly RefusingNamespace[] => {
  const byNamespace = groupBy(model.collectors, ({ namespace }) => namespace ?? '');
  return model.manifests.flatMap((manifest) => {
    const level = textAt(manifest.value, 'metadata', 'labels', podSecurityLabel);
    if (manifest.kind !== 'Namespace' || (level !== 'baseline' && level !== 'restricted')) {
      return [];
    }
    return (byNamespace.get(manifest.name) ?? [])
      .filter((collector) => usesNode(model, collector))
      .map((collector) => ({
        collector,
        manifest,
        level,
        place: manifest.place(['metadata', 'labels', podSecurityLabel]),
      }));
  });
});
