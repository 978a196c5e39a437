import { listAt } from '../yaml/value.ts';
import { componentType } from './component.ts';
import { type Pipeline, type Pipelines, processorOf } from './pipelines.ts';

/** Which spans are followed. */
export interface SpanPathOptions {
  /**
   * The receiver that accepts them.
   *
   * @default - any that accepts OTLP
   */
  readonly receiver?: string;
  /**
   * Whether a span that meets a routing connector is followed by its first default pipeline alone. Each span takes one
   * of the routes.
   *
   * @default false
   */
  readonly onlyDefaultRoute?: boolean;
}

/** The pipelines that spans pass from a receiver on, in order. */
export function pipelinesOfSpans(pipelines: Pipelines, options: SpanPathOptions = {}): Pipeline[] {
  const { receiver, onlyDefaultRoute = false } = options;
  const traces = pipelines.of('traces');
  const accepts = (id: string) => (receiver === undefined ? componentType(id) === 'otlp' : id === receiver);
  const passed = traces.filter(({ receivers }) => receivers.some(accepts));
  for (const { exporters } of passed) {
    for (const id of exporters.filter((exporter) => pipelines.isConnector(exporter))) {
      const [route] = onlyDefaultRoute ? listAt(pipelines.config, 'connectors', id, 'default_pipelines') : [];
      const next = pipelines
        .consumersOf(id)
        .filter(({ signal, id: name }) => signal === 'traces' && (route === undefined || route === name));
      passed.push(...next.filter((pipeline) => !passed.includes(pipeline)));
    }
  }
  return passed;
}

/**
 * The pipelines that a span passes until an exporter or a connector, in order.
 *
 * @param passed the pipelines that it passes at all
 * @returns the shortest such path; empty where none leads there
 */
export function pathTo(passed: readonly Pipeline[], id: string): Pipeline[] {
  const last = passed.find(({ exporters }) => exporters.includes(id));
  const path = last === undefined ? [] : [last];
  for (const { receivers } of path) {
    const before = passed.find(
      (candidate) => !path.includes(candidate) && candidate.exporters.some((exporter) => receivers.includes(exporter)),
    );
    path.push(...(before === undefined ? [] : [before]));
  }
  return path.reverse();
}

/** Ids of the span metrics connectors that traces are sent to. */
export const spanMetricsConnectors = (passed: readonly Pipeline[]): string[] => [
  ...new Set(
    passed
      .filter(({ signal }) => signal === 'traces')
      .flatMap(({ exporters }) => exporters.filter((id) => componentType(id) === 'spanmetrics')),
  ),
];

/** The span metrics connector whose metrics are `calls_total` and the like, where there are several. */
export function mainSpanMetricsConnector(passed: readonly Pipeline[]): string | undefined {
  const connectors = spanMetricsConnectors(passed);
  const plain = connectors.find((id) => !id.includes('/'));
  return plain ?? connectors.find((id) => id.endsWith('/default')) ?? connectors[0];
}

/** A pipeline that sends its spans to a span metrics connector. */
export interface Counting {
  readonly pipeline: Pipeline;
  /** Where it names the connector among its exporters. */
  readonly index: number;
  /** The first processor of this type that spans have passed by then, in this pipeline or in one that feeds it. */
  before(...types: readonly string[]): string | undefined;
}

/** The pipelines that count spans, in the order of the configuration. */
export const countingPipelines = (pipelines: Pipelines): Counting[] =>
  pipelines.of('traces').flatMap((pipeline): Counting[] => {
    const index = pipeline.exporters.findIndex((id) => componentType(id) === 'spanmetrics');
    const upstream = pipelines.upstream(pipeline);
    const before = (...types: readonly string[]) => upstream.flatMap((each) => processorOf(each, ...types) ?? [])[0];
    return index < 0 ? [] : [{ pipeline, index, before }];
  });

/** Types of processors that keep a part of the spans only. */
const samplerTypes = ['tail_sampling', 'probabilistic_sampler'] as const;

export const samplersIn = (path: readonly Pipeline[]): string[] =>
  path.flatMap(({ processors }) => processors.filter((id) => samplerTypes.some((type) => type === componentType(id))));

/** The first sampler that spans have passed when they are counted. */
export const samplerBefore = (counting: Counting): string | undefined => counting.before(...samplerTypes);
