import { type Component, isType } from '../../../pipeline/component.ts';
import type { Pipeline } from '../pipeline.ts';

/** Something that must hold in every collector: says what is wrong and what to do, once for each place. */
export type Invariant = (pipelines: readonly Pipeline[]) => string[];

/** Where a type of processor stands, or -1. */
export const positionOf = ({ processors }: Pipeline, ...types: readonly string[]): number =>
  processors.findIndex((processor) => isType(processor, ...types));

export const isSpanMetrics = (component: Component): boolean => isType(component, 'spanmetrics');

/** The pipeline and all those that feed it through connectors. */
export function withUpstream(pipeline: Pipeline, pipelines: readonly Pipeline[]): Pipeline[] {
  const found = new Set([pipeline]);
  for (const current of found) {
    for (const candidate of pipelines) {
      if (
        candidate.exporters.some((exporter) => exporter.kind === 'connector' && current.receivers.includes(exporter))
      ) {
        found.add(candidate);
      }
    }
  }
  return [...found];
}
