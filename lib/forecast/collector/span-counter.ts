import type { Collector } from '../../model/collector/collector.ts';
import { ownValue } from '../../own-value.ts';
import { takenNames } from '../../pipeline/dimensions.ts';
import { mainSpanMetricsConnector, pathTo, pipelinesOfSpans, spanMetricsConnectors } from '../../pipeline/spans.ts';
import { distinctShapes, type SpanShape } from '../span-shape.ts';
import { type Effect, effectsOf } from './effect.ts';
import { configuredDimensionLists, type SpanMetricsSettings, spanMetricsSettings } from './span-metrics-settings.ts';

/** A span metrics connector of a collector, and what happens to spans before they reach it. */
export interface SpanCounter {
  readonly id: string;
  /** Whether its metrics are `calls_total` and the like, which the views read first. */
  readonly isMain: boolean;
  readonly settings: SpanMetricsSettings;
  /** Whether a processor of its metrics takes the buckets away again. */
  readonly withoutBuckets: boolean;
  /** Ids of the processors that spans pass before: one list where they pass the same before several connectors. */
  readonly processors: readonly string[];
  /** What these do to spans. */
  readonly effects: readonly Effect[];
}

/** The span metrics connectors whose metrics leave a collector. */
export function spanCounters(collector: Collector): SpanCounter[] {
  const { config, pipelines } = collector;
  const main = mainSpanMetricsConnector(pipelines.all);
  // Of the routes of a routing connector every span takes one, and their labels are the same.
  const passed = pipelinesOfSpans(pipelines, { onlyDefaultRoute: true });
  const lists = new Map<string, readonly string[]>();
  return spanMetricsConnectors(passed).flatMap((id): SpanCounter[] => {
    const own = pathTo(passed, id).flatMap((pipeline) => pipeline.processors);
    const processors = lists.get(own.join()) ?? own;
    lists.set(own.join(), processors);
    const consumers = pipelines.consumersOf(id);
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

/** Series of one label set: `calls`, and of `duration` the buckets with that for +Inf, the sum and the count. */
export const seriesPerDuration = ({ settings, withoutBuckets }: SpanCounter): number => {
  if (!settings.hasDuration) {
    return 0;
  }
  return withoutBuckets ? 2 : settings.bounds === undefined ? 1 : settings.bounds + 3;
};

/** Many questions are asked of the same spans. */
const known = new WeakMap<SpanCounter, WeakMap<readonly SpanShape[], readonly SpanShape[]>>();

/** The spans as they are when they are counted: without those that never are, and with the attributes that count. */
export function countedSpans(counter: SpanCounter, spans: readonly SpanShape[]): readonly SpanShape[] {
  const ofCounter = known.get(counter) ?? new WeakMap<readonly SpanShape[], readonly SpanShape[]>();
  known.set(counter, ofCounter);
  const found = ofCounter.get(spans) ?? distinctShapes(spans.flatMap((span) => counted(counter, span)));
  ofCounter.set(spans, found);
  return found;
}

function counted({ effects, settings }: SpanCounter, span: SpanShape): SpanShape[] {
  let current: SpanShape | undefined = span;
  for (const effect of effects) {
    current = effect(current);
    if (current === undefined) {
      return [];
    }
  }
  const { attributes } = current;
  const names = takenNames(configuredDimensionLists(settings).all, Object.keys(attributes));
  return [
    {
      ...current,
      attributes: Object.fromEntries(
        names.flatMap((name) => {
          const value = ownValue(attributes, name);
          return value === undefined ? [] : [[name, value]];
        }),
      ),
    },
  ];
}
