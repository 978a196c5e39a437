import { componentType } from '../../../model/collector/collector.ts';
import type { CollectorPipeline } from '../../../model/collector/collector-pipeline.ts';
import { groupBy } from '../../../model/spans/group-by.ts';
import type { Mapping } from '../../../model/value.ts';

/**
 * Pipelines and all that feed them through connectors, each once: the first with what feeds it, then the second.
 *
 * @param connectors of the same configuration, by their ids
 */
export function withUpstream(
  wanted: readonly CollectorPipeline[],
  pipelines: readonly CollectorPipeline[],
  connectors: Mapping,
): readonly CollectorPipeline[] {
  const order = new Map(pipelines.map((pipeline, index) => [pipeline, index]));
  const producers = groupBy(
    pipelines.flatMap((pipeline) =>
      pipeline.exporters.filter((id) => Object.hasOwn(connectors, id)).map((id) => ({ id, pipeline })),
    ),
    ({ id }) => id,
  );
  const found = new Set<CollectorPipeline>();
  for (const pipeline of wanted) {
    const open = new Set([pipeline]);
    for (const current of open) {
      if (!found.has(current)) {
        found.add(current);
        const feeding = current.receivers.flatMap((id) => producers.get(id) ?? []).map((entry) => entry.pipeline);
        for (const id of current.receivers) {
          // Whoever receives from the same connector finds them there.
          producers.delete(id);
        }
        for (const next of feeding.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))) {
          open.add(next);
        }
      }
    }
  }
  return [...found];
}

/** The first processor of one of these types. */
export const processorOf = ({ processors }: CollectorPipeline, ...types: readonly string[]): string | undefined =>
  processors.find((id) => types.includes(componentType(id)));

/** Whether a pipeline of a signal receives from one of these types. */
export const receivesAny = (
  pipelines: readonly CollectorPipeline[],
  signal: string,
  ...types: readonly string[]
): boolean =>
  pipelines.some(
    (pipeline) => pipeline.signal === signal && pipeline.receivers.some((id) => types.includes(componentType(id))),
  );
