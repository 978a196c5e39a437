import { groupBy } from '../group-by.ts';
import { listAt } from '../yaml/value.ts';
import { componentType } from './component.ts';
import { type Pipeline, type Pipelines, processorOf } from './pipelines.ts';
import { samplerTypes } from './sampling.ts';

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

/** The spans of every service pass the same pipelines. */
const known = new WeakMap<Pipelines, Map<string, readonly Pipeline[]>>();

/** The pipelines that spans pass from a receiver on, in order; the same list for the same question. */
export function pipelinesOfSpans(pipelines: Pipelines, options: SpanPathOptions = {}): readonly Pipeline[] {
  const { receiver, onlyDefaultRoute = false } = options;
  const lists = known.get(pipelines) ?? new Map<string, readonly Pipeline[]>();
  known.set(pipelines, lists);
  const key = JSON.stringify([receiver, onlyDefaultRoute]);
  const found = lists.get(key) ?? passedFrom(pipelines, receiver, onlyDefaultRoute);
  lists.set(key, found);
  return found;
}

function passedFrom(pipelines: Pipelines, receiver: string | undefined, onlyDefaultRoute: boolean): Pipeline[] {
  const accepts = (id: string) => (receiver === undefined ? componentType(id) === 'otlp' : id === receiver);
  const passed = new Set(pipelines.of('traces').filter(({ receivers }) => receivers.some(accepts)));
  const followed = new Set<string>();
  for (const { exporters } of passed) {
    for (const id of exporters.filter((exporter) => pipelines.isConnector(exporter) && !followed.has(exporter))) {
      followed.add(id);
      const [route] = onlyDefaultRoute ? listAt(pipelines.config, 'connectors', id, 'default_pipelines') : [];
      for (const next of pipelines.consumersOf(id)) {
        if (next.signal === 'traces' && (route === undefined || route === next.id)) {
          passed.add(next);
        }
      }
    }
  }
  return [...passed];
}

/** By the pipelines that are passed, and then by where they lead. */
const paths = new WeakMap<readonly Pipeline[], Map<string, readonly Pipeline[]>>();

/**
 * The pipelines that a span passes until an exporter or a connector, in order.
 *
 * @param passed the pipelines that it passes at all
 * @returns the shortest such path; empty where none leads there
 */
export function pathTo(passed: readonly Pipeline[], id: string): readonly Pipeline[] {
  const ofPassed = paths.get(passed) ?? new Map<string, readonly Pipeline[]>();
  paths.set(passed, ofPassed);
  const path = ofPassed.get(id) ?? pathBack(passed, id).reverse();
  ofPassed.set(id, path);
  return path;
}

function pathBack(passed: readonly Pipeline[], id: string): Pipeline[] {
  const order = new Map(passed.map((pipeline, index) => [pipeline, index]));
  // The first stands last, where it is taken away once it is on the path.
  const sources = groupBy(
    passed.toReversed().flatMap((pipeline) => pipeline.exporters.map((exporter) => ({ exporter, pipeline }))),
    ({ exporter }) => exporter,
  );
  const path = new Set<Pipeline>();
  let current = passed.find(({ exporters }) => exporters.includes(id));
  while (current !== undefined) {
    path.add(current);
    const before = current.receivers.flatMap((receiver) => firstOutside(path, sources.get(receiver)) ?? []);
    [current] = before.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  }
  return [...path];
}

/** The last of some pipelines that is not on the path; those behind it are taken away for good. */
function firstOutside(
  path: ReadonlySet<Pipeline>,
  candidates: { readonly pipeline: Pipeline }[] = [],
): Pipeline | undefined {
  for (let last = candidates.at(-1); last !== undefined; last = candidates.at(-1)) {
    if (!path.has(last.pipeline)) {
      return last.pipeline;
    }
    candidates.pop();
  }
  return undefined;
}

/** Every rule asks for them. */
const connectorsOf = new WeakMap<readonly Pipeline[], readonly string[]>();

/** Ids of the span metrics connectors that traces are sent to. */
export function spanMetricsConnectors(passed: readonly Pipeline[]): readonly string[] {
  const found = connectorsOf.get(passed) ?? findConnectors(passed);
  connectorsOf.set(passed, found);
  return found;
}

const findConnectors = (passed: readonly Pipeline[]): string[] => [
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
  return (
    plain ??
    connectors.find((id) => id.endsWith('/default')) ??
    // As the chart calls those that make other metrics of some spans, or with fewer labels.
    connectors.find((id) => !/\/(compact|db|db_compact)$/.test(id)) ??
    connectors[0]
  );
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
export function countingPipelines(pipelines: Pipelines): Counting[] {
  const fruitless = new Map<string, Set<Pipeline>>();
  return pipelines.of('traces').flatMap((pipeline): Counting[] => {
    const index = pipeline.exporters.findIndex((id) => componentType(id) === 'spanmetrics');
    const before = (...types: readonly string[]) => {
      const key = types.join();
      const without = fruitless.get(key) ?? new Set();
      fruitless.set(key, without);
      return processorUpstream(pipelines, pipeline, types, without);
    };
    return index < 0 ? [] : [{ pipeline, index, before }];
  });
}

/** @param without pipelines that are known to have no such processor before them; what is found to have none is added */
function processorUpstream(
  pipelines: Pipelines,
  pipeline: Pipeline,
  types: readonly string[],
  without: Set<Pipeline>,
): string | undefined {
  const passed: Pipeline[] = [];
  for (const each of pipelines.upstream(pipeline, without)) {
    const id = processorOf(each, ...types);
    if (id !== undefined) {
      return id;
    }
    passed.push(each);
  }
  for (const each of passed) {
    without.add(each);
  }
  return undefined;
}

/** The first processor of some types that spans have passed where they are counted. */
export function firstBefore(counting: readonly Counting[], ...types: readonly string[]): string | undefined {
  for (const { before } of counting) {
    const id = before(...types);
    if (id !== undefined) {
      return id;
    }
  }
  return undefined;
}

/** The first sampler that spans have passed when they are counted. */
export const samplerBefore = (counting: Counting): string | undefined => counting.before(...samplerTypes);
