import { type Invariant, isSpanMetrics, positionOf, withUpstream } from './invariant.ts';

/** Span metrics carry what the spans carry when they are counted. */
export const k8sattributesBeforeSpanmetrics: Invariant = (pipelines) =>
  pipelines
    .filter(({ exporters }) => exporters.some(isSpanMetrics))
    .filter((pipeline) => withUpstream(pipeline, pipelines).every((step) => positionOf(step, 'k8sattributes') < 0))
    .map(({ id }) => `pipeline ${id}: spans reach spanmetrics without k8sattributes, so no series would name a pod`);
