import type { Collector } from '../model/collector/collector.ts';
import { componentType } from './component.ts';
import type { CollectorPipeline } from './pipelines.ts';

/**
 * The pipelines of a collector that spans pass from its OTLP receiver on, in order.
 *
 * @param receiver the one receiver that takes them, where that is known
 */
export function tracesPipelines({ pipelines }: Collector, receiver?: string): CollectorPipeline[] {
  const traces = pipelines.filter(({ signal }) => signal === 'traces');
  const takes = (id: string) => (receiver === undefined ? componentType(id) === 'otlp' : id === receiver);
  const passed = traces.filter(({ receivers }) => receivers.some(takes));
  for (const pipeline of passed) {
    passed.push(
      ...traces.filter(
        (next) => !passed.includes(next) && next.receivers.some((id) => pipeline.exporters.includes(id)),
      ),
    );
  }
  return passed;
}

/**
 * The pipelines on the way to an exporter or a connector, in the order in which a span passes them.
 *
 * @returns the shortest such way; empty where none leads there
 */
export function wayTo(passed: readonly CollectorPipeline[], id: string): CollectorPipeline[] {
  const last = passed.find(({ exporters }) => exporters.includes(id));
  const way = last === undefined ? [] : [last];
  for (const pipeline of way) {
    const before = passed.find(
      (candidate) =>
        !way.includes(candidate) && candidate.exporters.some((exporter) => pipeline.receivers.includes(exporter)),
    );
    way.push(...(before === undefined ? [] : [before]));
  }
  return way.reverse();
}
