import { isMapping, listAt, type Mapping, mappingAt } from '../value.ts';

/** One pipeline of a collector, by the ids of its components. */
export interface CollectorPipeline {
  readonly id: string;
  /** `traces`, `metrics`, `logs` or `profiles`. */
  readonly signal: string;
  readonly receivers: readonly string[];
  readonly processors: readonly string[];
  readonly exporters: readonly string[];
}

export function pipelinesOf(config: Mapping): CollectorPipeline[] {
  const pipelines = mappingAt(config, 'service', 'pipelines');
  return Object.entries(pipelines).flatMap(([id, pipeline]) =>
    isMapping(pipeline)
      ? [
          {
            id,
            signal: id.split('/', 1)[0] ?? id,
            receivers: ids(pipeline, 'receivers'),
            processors: ids(pipeline, 'processors'),
            exporters: ids(pipeline, 'exporters'),
          },
        ]
      : [],
  );
}

const ids = (pipeline: Mapping, part: string): string[] =>
  listAt(pipeline, part).filter((id): id is string => typeof id === 'string');

/** Pipelines by what they receive from, in their order. */
export function pipelinesByReceiver(pipelines: readonly CollectorPipeline[]): Map<string, CollectorPipeline[]> {
  const found = new Map<string, CollectorPipeline[]>();
  for (const pipeline of pipelines) {
    for (const id of new Set(pipeline.receivers)) {
      const known = found.get(id) ?? [];
      known.push(pipeline);
      found.set(id, known);
    }
  }
  return found;
}
