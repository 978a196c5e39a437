import { isType } from '../../../pipeline/component.ts';
import { type Invariant, positionOf } from './invariant.ts';

/** A limiter that stands later has let in what it should have refused. Pipelines fed by connectors alone are behind one. */
export const memoryLimiterFirst: Invariant = (pipelines) =>
  pipelines
    .filter((pipeline) => pipeline.receivers.some((receiver) => receiver.kind === 'receiver'))
    .filter(({ processors }) => processors[0] === undefined || !isType(processors[0], 'memory_limiter'))
    .map((pipeline) =>
      positionOf(pipeline, 'memory_limiter') < 0
        ? `pipeline ${pipeline.id} has no memory_limiter: put one first`
        : `pipeline ${pipeline.id}: memory_limiter must come first`,
    );
