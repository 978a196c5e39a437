import type { Mapping } from '../yaml/value.ts';
import { componentType } from './component.ts';
import type { CollectorPipeline } from './pipelines.ts';

/**
 * A pipeline and all that feed it through connectors.
 *
 * @param connectors of the same configuration, by their ids
 */
export function withUpstream(
  pipeline: CollectorPipeline,
  pipelines: readonly CollectorPipeline[],
  connectors: Mapping,
): readonly CollectorPipeline[] {
  const found = new Set([pipeline]);
  for (const { receivers } of found) {
    for (const candidate of pipelines) {
      if (candidate.exporters.some((id) => receivers.includes(id) && Object.hasOwn(connectors, id))) {
        found.add(candidate);
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
