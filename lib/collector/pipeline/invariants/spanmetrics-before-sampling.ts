import { type Invariant, isSpanMetrics, positionOf, withUpstream } from './invariant.ts';

/** Span metrics count spans: behind a sampler they count the kept ones only. */
export const spanmetricsBeforeSampling: Invariant = (pipelines) =>
  pipelines
    .filter(({ exporters }) => exporters.some(isSpanMetrics))
    .filter((pipeline) =>
      withUpstream(pipeline, pipelines).some((step) => positionOf(step, 'tail_sampling', 'probabilistic_sampler') >= 0),
    )
    .map(({ id }) => `pipeline ${id}: spanmetrics must count spans before they are sampled`);
