import { type Collector, makesSpanMetrics } from '../../../model/collector/collector.ts';
import type { Model } from '../../../model/model.ts';
import { once } from '../../../model/spans/once.ts';
import { sendsTracesTo } from '../../../model/spans/sends-to.ts';

/** Two collectors on the way of a span that both count it. */
export interface DoubleCount {
  readonly first: Collector;
  readonly second: Collector;
}

export const doubleCounts = once((model: Model): readonly DoubleCount[] => {
  const counting = model.collectors.filter(makesSpanMetrics);
  return counting.flatMap((first) =>
    counting
      .filter((second) => second !== first && sendsTracesTo(model, first, second))
      .map((second) => ({ first, second })),
  );
});
