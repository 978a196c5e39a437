import { groupBy } from '../../../group-by.ts';
import { type Collector, makesSpanMetrics } from '../../../model/collector/collector.ts';
import type { Model } from '../../../model/model.ts';
import { collectorsOnPath } from '../../../model/spans/collectors-on-path.ts';
import { resourceAttributesOf } from '../../../model/spans/resource-attributes.ts';
import { type SpanExport, spanExports } from '../../../model/spans/span-export.ts';
import { maySendTracesOn } from '../../../pipeline/exporters.ts';
import { processorOf } from '../../../pipeline/pipelines.ts';
import { pipelinesOfSpans } from '../../../pipeline/spans.ts';
import { podAndNode } from './span-metrics.ts';

/** A collector that neither counts nor enriches spans, and none behind it does; and what sends to it. */
export interface UnenrichedSpans {
  readonly collector: Collector;
  readonly senders: readonly [SpanExport, ...SpanExport[]];
}

/** Of values the presets are judged, so only configurations that were read are looked at. */
export function unenrichedSpans(model: Model): UnenrichedSpans[] {
  const found = spanExports(model).flatMap((span) => {
    const collector = span.answer.kind === 'collector' ? span.answer.collector : undefined;
    return collector === undefined || collector.fromValues || namesItself(span) ? [] : [{ span, collector }];
  });
  const same = groupBy(found, ({ collector: { namespace, title } }) => `${namespace}/${title}`);
  return [...same.values()].flatMap(([{ span, collector }, ...others]): UnenrichedSpans[] =>
    isUnenriched(model, collector) ? [{ collector, senders: [span, ...others.map((other) => other.span)] }] : [],
  );
}

/** Whether the SDK has the names of its pod and node. */
function namesItself({ environment }: SpanExport): boolean {
  const attributes = resourceAttributesOf(environment);
  return podAndNode.every((name) => attributes.has(name));
}

/** Spans that leave for a collector that was not read may be enriched there. */
function isUnenriched(model: Model, first: Collector): boolean {
  const path = collectorsOnPath(model, first);
  const last = path.at(-1) ?? first;
  return (
    !maySendTracesOn(last.pipelines) &&
    path.every(({ unread }) => unread === undefined) &&
    !path.some(makesSpanMetrics) &&
    !path.some(({ pipelines }) =>
      pipelinesOfSpans(pipelines).some((pipeline) => processorOf(pipeline, 'k8sattributes') !== undefined),
    ) &&
    pipelinesOfSpans(first.pipelines).length > 0
  );
}
