import { collectorService, otlpPort } from '../../../chart/names.ts';
import { type Collector, makesSpanMetrics } from '../../../model/collector/collector.ts';
import type { Model } from '../../../model/model.ts';
import { selects } from '../../../model/network/selector.ts';
import type { Service } from '../../../model/network/service.ts';
import { isCollectorContainer } from '../../../model/spans/collector-container.ts';
import { memoized } from '../../../model/spans/memoized.ts';
import type { SpanExport } from '../../../model/spans/span-export.ts';
import { wrongCollector } from '../../../model/spans/wrong-collector.ts';
import type { Workload } from '../../../model/workload.ts';

/** Where the release of the chart is, unless a file names another namespace. */
const usualNamespace = 'coralogix';

/** The collector on every node that makes the span metrics. */
export const agentOf = memoized((model): Collector | undefined =>
  model.collectors.find((collector) => collector.onEveryNode && makesSpanMetrics(collector)),
);

/** The Service that leads to a collector on the caller's own node. */
export const localServiceOf = (model: Model, { namespace, labels }: Collector): Service | undefined =>
  model.services.find(
    (service) =>
      service.internalTrafficPolicy === 'Local' &&
      (namespace ?? service.namespace) === service.namespace &&
      selects(service.selector, labels),
  );

const agentService = memoized((model): Service | undefined => {
  const agent = agentOf(model);
  return agent === undefined ? undefined : localServiceOf(model, agent);
});

/** `NAME.NAMESPACE` of the Service of the agent, or of the one that the chart would make. */
export function agentHost(model: Model): string {
  const agent = agentOf(model);
  const service = agentService(model);
  return `${service?.name ?? collectorService.agent}.${service?.namespace ?? agent?.namespace ?? usualNamespace}`;
}

/** The endpoint to write. */
export const agentEndpoint = (model: Model): string => `http://${agentHost(model)}:${otlpPort.grpc}`;

/** `write: …`, and what must be switched on for it to lead anywhere. */
export function suggestAgentEndpoint(model: Model): string {
  const write = `write: ${agentEndpoint(model)}`;
  return agentService(model) !== undefined
    ? write
    : `${write}, and in the chart's values opentelemetry-agent.service.enabled: true`;
}

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

/** Whether the endpoint leads where it may stay, so that its protocol and its shape are worth a word. */
export const staysAsItIs = (model: Model, span: SpanExport): boolean =>
  ['collector', 'unknown', 'no-pods'].includes(span.answer.kind) &&
  span.endpoint.host.kind !== 'unresolved' &&
  wrongCollector(model, span) === undefined;
