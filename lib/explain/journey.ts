import type { Collector } from '../model/collector/collector.ts';
import { sdkAttributes } from '../model/enrichment/sdk-attributes.ts';
import { componentType } from '../pipeline/component.ts';
import { mainSpanMetricsConnector } from '../pipeline/connectors.ts';
import { exportersOf, wayOut } from '../pipeline/exporters.ts';
import type { CollectorPipeline } from '../pipeline/pipelines.ts';
import { tracesPipelines, wayTo } from '../pipeline/spans.ts';
import type { Route } from './route.ts';
import { type Enrichment, walked } from './walk.ts';

/** Where a span is counted. */
export interface Count {
  readonly collector: Collector;
  /** Id of the span metrics connector. */
  readonly connector: string;
  /** The sampler that has dropped spans by then. */
  readonly sampler: string | undefined;
  readonly enrichment: Enrichment;
  /** The pipeline that sends the metrics; undefined where none does. */
  readonly consumer: CollectorPipeline | undefined;
}

/** One collector on the way. */
export interface Stage {
  readonly collector: Collector;
  /** Its pipelines that the span passes. */
  readonly passed: readonly CollectorPipeline[];
  /** Exporters by which the span leaves it. */
  readonly exporters: readonly string[];
  /** What the span is like when it leaves it. */
  readonly enrichment: Enrichment;
}

/** What becomes of a span behind the receiver. */
export interface Journey {
  readonly stages: readonly Stage[];
  /** In order; more than one where collectors count the same span. */
  readonly counts: readonly Count[];
}

/** Walks a span from the receiver to the last collector that is known. */
export function journeyOf(route: Route): Journey {
  const stages: Stage[] = [];
  const counts: Count[] = [];
  let before: Enrichment = { resource: sdkAttributes(route), steps: [], lookup: undefined, by: undefined };
  let samplers: readonly string[] = [];
  for (const [index, collector] of route.chain.entries()) {
    const passed = tracesPipelines(collector, index === 0 ? route.listener?.receiver : undefined);
    const connector = mainSpanMetricsConnector(passed);
    if (connector !== undefined) {
      const way = wayTo(passed, connector);
      counts.push({
        collector,
        connector,
        sampler: [...samplers, ...samplersOf(way)][0],
        enrichment: walked(route, collector, way, before),
        consumer: consumerOf(collector, connector),
      });
    }
    const way = wayOut(collector, passed, index === route.chain.length - 1);
    before = walked(route, collector, way, before);
    samplers = [...samplers, ...samplersOf(way)];
    stages.push({ collector, passed, exporters: exportersOf(collector, passed), enrichment: before });
  }
  return { stages, counts };
}

export const samplersOf = (way: readonly CollectorPipeline[]): string[] =>
  way.flatMap(({ processors }) =>
    processors.filter((id) => ['tail_sampling', 'probabilistic_sampler'].includes(componentType(id))),
  );

const consumerOf = ({ pipelines }: Collector, connector: string): CollectorPipeline | undefined =>
  pipelines.find(({ signal, receivers }) => signal === 'metrics' && receivers.includes(connector));
