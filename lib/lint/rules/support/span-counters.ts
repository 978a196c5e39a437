import { type Collector, makesSpanMetrics } from '../../../model/collector/collector.ts';
import type { Model } from '../../../model/model.ts';
import { once } from '../../../model/spans/once.ts';
import { receiversOf } from '../../../model/spans/sends-to.ts';

/** Two collectors on the way of a span that both count it. */
export interface DoubleCount {
  readonly first: Collector;
  readonly second: Collector;
}

export const doubleCounts = once((model: Model): readonly DoubleCount[] => {
  const counting = new Set(model.collectors.filter(makesSpanMetrics));
  return [...counting].flatMap((first) =>
    [...receiversOf(model, first)]
      .filter((second) => second !== first && counting.has(second))
      .map((second) => ({ first, second })),
  );
});
