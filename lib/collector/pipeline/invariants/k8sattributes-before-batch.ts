import { type Invariant, positionOf } from './invariant.ts';

/** Batching loses the connection's address, by which a pod is found when its attributes do not name it. */
export const k8sattributesBeforeBatch: Invariant = (pipelines) =>
  pipelines
    .filter((pipeline) => {
      const batch = positionOf(pipeline, 'batch', 'groupbytrace');
      return batch >= 0 && positionOf(pipeline, 'k8sattributes') > batch;
    })
    .map(({ id }) => `pipeline ${id}: k8sattributes must come before batch`);
