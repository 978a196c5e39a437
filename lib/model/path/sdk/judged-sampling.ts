import { makesSpanMetrics } from '../../collector/collector.ts';
import type { Variable } from '../../environment/variable.ts';
import type { Model } from '../../model.ts';
import { memoized } from '../../spans/memoized.ts';
import { type Sampling, samplingOf } from '../../spans/sampling.ts';

/** What the sampler of an SDK does to span metrics: it harms them where some collector makes any. */
export function judgedSampling(model: Model, environment: ReadonlyMap<string, Variable>): Sampling {
  const sampling = samplingOf(environment);
  if (sampling.status !== 'broken' || sampling.share === 0) {
    return sampling;
  }
  return { ...sampling, status: countingOf(model) };
}

/** `unknown` where a collector may count that was not read; what no collector counts is not counted too low. */
const countingOf = memoized(({ collectors }): Sampling['status'] =>
  collectors.some(makesSpanMetrics)
    ? 'broken'
    : collectors.length === 0 || collectors.some(({ unread }) => unread !== undefined)
      ? 'unknown'
      : 'ok',
);
