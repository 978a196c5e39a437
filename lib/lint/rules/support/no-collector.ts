import type { Model } from '../../../model/model.ts';
import { isCollectorContainer } from '../../../model/spans/collector-container.ts';
import type { SpanExport } from '../../../model/spans/span-export.ts';
import type { Workload } from '../../../model/workload.ts';
import { agentOf } from './agent-endpoint.ts';

/**
 * The workloads that answer at an endpoint, when certainly none of them is a collector: an agent that should have been
 * asked was read, and theirs is no image of a collector.
 */
export function noCollector(model: Model, { answer }: SpanExport): readonly Workload[] | undefined {
  if (answer.kind !== 'workload' || agentOf(model) === undefined) {
    return undefined;
  }
  const passesOn = answer.workloads.some((workload) =>
    workload.containers.some((container) => isCollectorContainer(model, workload, container)),
  );
  return passesOn ? undefined : answer.workloads;
}
