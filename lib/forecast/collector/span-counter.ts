import type { Collector } from '../../model/collector/collector.ts';
import { componentType } from '../../pipeline/component.ts';
import { mainSpanMetricsConnector } from '../../pipeline/connectors.ts';
import type { CollectorPipeline } from '../../pipeline/pipelines.ts';
import { listAt } from '../../yaml/value.ts';
import { type Effect, effectsOf } from './effect.ts';
import { type SpanMetricsSettings, spanMetricsSettings } from './span-metrics-settings.ts';

/** A span metrics connector of a collector, and what happens to spans before they reach it. */
export interface SpanCounter {
  readonly id: string;
  /** Whether its metrics are `calls_total` and the like, which the views read first. */
  readonly isMain: boolean;
  readonly settings: SpanMetricsSettings;
  /** Whether a processor of its metrics takes the buckets away again. */
  readonly withoutBuckets: boolean;
  /** Ids of the processors that spans pass before. */
  readonly processors: readonly string[];
  /** What these do to spans. */
  readonly effects: readonly Effect[];
}

/** The span metrics connectors whose metrics leave a collector. */
export function spanCounters(collector: Collector): SpanCounter[] {
  const { config, pipelines } = collector;
  const main = mainSpanMetricsConnector(pipelines);
  return [...waysToConnectors(collector)].flatMap(([id, processors]): SpanCounter[] => {
    const consumers = pipelines.filter(({ signal, receivers }) => signal === 'metrics' && receivers.includes(id));
    return consumers.length === 0
      ? []
      : [
          {
            id,
            isMain: id === main,
            settings: spanMetricsSettings(config, id),
            withoutBuckets: consumers.every((pipeline) => pipeline.processors.some((part) => /_histogram$/.test(part))),
            processors,
            effects: processors.flatMap((processor) => effectsOf(config, processor)),
          },
        ];
  });
}

/** Processors on the way from the receivers to each connector. */
function waysToConnectors({ config, pipelines }: Collector): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const traces = pipelines.filter(({ signal }) => signal === 'traces');
  const walk = (pipeline: CollectorPipeline, before: readonly string[], passed: readonly CollectorPipeline[]): void => {
    const processors = [...before, ...pipeline.processors];
    for (const exporter of pipeline.exporters) {
      if (componentType(exporter) === 'spanmetrics') {
        found.set(exporter, found.get(exporter) ?? processors);
      }
      // Of the branches of a routing connector every span takes one, and their labels are the same.
      const [branch] = listAt(config, 'connectors', exporter, 'default_pipelines');
      for (const next of traces) {
        const isNext = next.receivers.includes(exporter) && (branch === undefined || branch === next.id);
        if (isNext && !passed.includes(next)) {
          walk(next, processors, [...passed, next]);
        }
      }
    }
  };
  for (const pipeline of traces.filter(({ receivers }) => receivers.some((id) => componentType(id) === 'otlp'))) {
    walk(pipeline, [], [pipeline]);
  }
  return found;
}

/** Series of one label set: `calls`, and of `duration` the buckets with that for +Inf, the sum and the count. */
export const seriesPerDuration = ({ settings, withoutBuckets }: SpanCounter): number => {
  if (!settings.hasDuration) {
    return 0;
  }
  return withoutBuckets ? 2 : settings.bounds === undefined ? 1 : settings.bounds + 3;
};
