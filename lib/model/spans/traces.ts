import { type Collector, componentType } from '../collector/collector.ts';
import type { CollectorPipeline } from '../collector/collector-pipeline.ts';
import { groupBy } from './group-by.ts';

/** The spans of every service pass the same pipelines. */
const known = new WeakMap<Collector, Map<string | undefined, readonly CollectorPipeline[]>>();

/**
 * The pipelines of a collector that spans pass from its OTLP receiver on, in order.
 *
 * @param receiver the one receiver that takes them, where that is known
 */
export function tracesPipelines(collector: Collector, receiver?: string): readonly CollectorPipeline[] {
  const ofCollector = known.get(collector) ?? new Map<string | undefined, readonly CollectorPipeline[]>();
  known.set(collector, ofCollector);
  const passed = ofCollector.get(receiver) ?? passedFrom(collector, receiver);
  ofCollector.set(receiver, passed);
  return passed;
}

function passedFrom({ pipelines }: Collector, receiver: string | undefined): CollectorPipeline[] {
  const traces = pipelines.filter(({ signal }) => signal === 'traces');
  const order = new Map(traces.map((pipeline, index) => [pipeline, index]));
  const consumers = groupBy(
    traces.flatMap((pipeline) => pipeline.receivers.map((id) => ({ id, pipeline }))),
    ({ id }) => id,
  );
  const takes = (id: string) => (receiver === undefined ? componentType(id) === 'otlp' : id === receiver);
  const passed = new Set(traces.filter(({ receivers }) => receivers.some(takes)));
  for (const { exporters } of passed) {
    const next = exporters.flatMap((id) => {
      const found = consumers.get(id) ?? [];
      // Whoever comes later by the same connector finds them passed.
      consumers.delete(id);
      return found.map(({ pipeline }) => pipeline);
    });
    for (const pipeline of next.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))) {
      passed.add(pipeline);
    }
  }
  return [...passed];
}

/** By the pipelines, and then by where they lead. */
const ways = new WeakMap<readonly CollectorPipeline[], Map<string, readonly CollectorPipeline[]>>();

/**
 * The pipelines on the way to an exporter or a connector, in the order in which a span passes them.
 *
 * @returns the shortest such way; empty where none leads there
 */
export function wayTo(passed: readonly CollectorPipeline[], id: string): readonly CollectorPipeline[] {
  const ofPassed = ways.get(passed) ?? new Map<string, readonly CollectorPipeline[]>();
  ways.set(passed, ofPassed);
  const way = ofPassed.get(id) ?? wayBack(passed, id).reverse();
  ofPassed.set(id, way);
  return way;
}

function wayBack(passed: readonly CollectorPipeline[], id: string): CollectorPipeline[] {
  const order = new Map(passed.map((pipeline, index) => [pipeline, index]));
  // The first stands last, where it is taken away once it is on the way.
  const producers = groupBy(
    passed.toReversed().flatMap((pipeline) => pipeline.exporters.map((exporter) => ({ exporter, pipeline }))),
    ({ exporter }) => exporter,
  );
  const way = new Set<CollectorPipeline>();
  let current = passed.find(({ exporters }) => exporters.includes(id));
  while (current !== undefined) {
    way.add(current);
    const before = current.receivers.flatMap((receiver) => firstOutside(way, producers.get(receiver)) ?? []);
    [current] = before.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  }
  return [...way];
}

/** The last of some pipelines that is not on the way; those behind it are taken away for good. */
function firstOutside(
  way: ReadonlySet<CollectorPipeline>,
  candidates: { readonly pipeline: CollectorPipeline }[] = [],
): CollectorPipeline | undefined {
  for (let last = candidates.at(-1); last !== undefined; last = candidates.at(-1)) {
    if (!way.has(last.pipeline)) {
      return last.pipeline;
    }
    candidates.pop();
  }
  return undefined;
}
