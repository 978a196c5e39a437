import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import { receiversOf } from './sends-to.ts';

/** Collectors that a span passes: a longer path is no real system, and would take long for every service. */
const maximumLength = 32;

/** A collector and those that it sends its traces on to, such as a gateway, in order. */
export function collectorsOnPath(model: Model, first: Collector): Collector[] {
  const path = new Set([first]);
  for (const collector of path) {
    const next = [...receiversOf(model, collector)].find((candidate) => !path.has(candidate));
    if (next !== undefined && path.size < maximumLength) {
      path.add(next);
    }
  }
  return [...path];
}
