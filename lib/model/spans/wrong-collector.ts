import { collectorService, subChart } from '../../chart/names.ts';
import type { RenderedService } from '../../chart/services.ts';
import { maySendTracesOn } from '../../pipeline/exporters.ts';
import { type Collector, makesSpanMetrics } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import { type Answer, resolveEndpoint } from '../network/resolve.ts';
import type { Service } from '../network/service.ts';
import type { ValuesDocument } from '../values/values-document.ts';
import { memoized } from './memoized.ts';
import { servicesNamed } from './services-named.ts';
import type { SpanExport } from './span-export.ts';

/** A collector that takes the spans and makes no span metrics of them. */
export interface WrongCollector {
  readonly collector: Collector;
  /** The Service through which it was meant to be reached, when the name leads nowhere from where it is used. */
  readonly elsewhere: Service | undefined;
}

/** The collector without span metrics that an endpoint leads to, or would lead to from the namespace of its Service. */
export function wrongCollector(
  model: Model,
  { answer, workload, endpoint }: Pick<SpanExport, 'answer' | 'workload' | 'endpoint'>,
): WrongCollector | undefined {
  if (answer.kind === 'collector') {
    return isDeadEnd(model, answer.collector) ? { collector: answer.collector, elsewhere: undefined } : undefined;
  }
  if (answer.kind !== 'no-service') {
    return undefined;
  }
  for (const elsewhere of servicesNamed(model, answer.name)) {
    const host = { kind: 'name' as const, name: `${elsewhere.name}.${elsewhere.namespace}` };
    const meant = resolveEndpoint(model, workload, { ...endpoint, host });
    if (meant.kind === 'collector' && meant.collector.tier !== 'agent' && isDeadEnd(model, meant.collector)) {
      return { collector: meant.collector, elsewhere };
    }
  }
  return undefined;
}

/** Whether no span metrics come of what it receives, neither here nor at a collector that it sends to. */
export function isDeadEnd(model: Model, collector: Collector): boolean {
  return (
    collector.unread === undefined &&
    !makesSpanMetrics(collector) &&
    !(maySendTracesOn(collector.pipelines) && makesAnySpanMetrics(model))
  );
}

/** Whether any collector makes span metrics. */
export const makesAnySpanMetrics = memoized(({ collectors }) => collectors.some(makesSpanMetrics));

/** The values that leave the agent's Service off, when an endpoint leads to that Service. */
export function valuesWithoutAgentService(model: Model, answer: Answer): ValuesDocument | undefined {
  return answer.kind === 'no-service' &&
    answer.name === collectorService.agent &&
    model.collectors.some(({ tier, namespace }) => tier === 'agent' && namespace === answer.namespace)
    ? model.values.find(({ chart, rendering }) => chart === 'otel-integration' && !rendering.services.some(isOfAgent))
    : undefined;
}

/** Under another name the agent's Service is there, and is not switched off. */
const isOfAgent = ({ path }: RenderedService): boolean => path[0] === subChart.agent;
