import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import { sendsTracesTo } from './sends-to.ts';

/** A collector and those that it hands its traces on to, such as a gateway, in order. */
export function collectorChain(model: Model, first: Collector): Collector[] {
  const chain = [first];
  for (const collector of chain) {
    const next = model.collectors.find(
      (candidate) => !chain.includes(candidate) && sendsTracesTo(model, collector, candidate),
    );
    chain.push(...(next === undefined ? [] : [next]));
  }
  return chain;
}
