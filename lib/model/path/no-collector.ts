import { type Collector, makesSpanMetrics } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import { isCollectorContainer } from '../spans/collector-container.ts';
import { memoized } from '../spans/memoized.ts';
import type { SpanExport } from '../spans/span-export.ts';
import type { Workload } from '../workload.ts';

/** The collector on every node that makes the span metrics. */
export const agentOf = memoized((model): Collector | undefined =>
  model.collectors.find((collector) => collector.onEveryNode && makesSpanMetrics(collector)),
);

/**
 * The workloads that answer at an endpoint, when certainly none of them is a collector: an agent that should have been
 * asked was read, and theirs is no image of a collector.
 */
export function noCollector(model: Model, { answer }: Pick<SpanExport, 'answer'>): readonly Workload[] | undefined {
  if (answer.kind !== 'workload' || agentOf(model) === undefined) {
    return undefined;
  }
  const passesOn = answer.workloads.some((workload) =>
    workload.containers.some((container) => isCollectorContainer(model, workload, container)),
  );
  return passesOn ? undefined : answer.workloads;
}
