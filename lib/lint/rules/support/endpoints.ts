import { collectorService, otlpPort } from '../../../chart/names.ts';
import { type Collector, makesSpanMetrics } from '../../../model/collector/collector.ts';
import type { Model } from '../../../model/model.ts';
import { selects } from '../../../model/network/selector.ts';
import type { Service } from '../../../model/network/service.ts';
import { agentOf } from '../../../model/path/no-collector.ts';
import { memoized } from '../../../model/spans/memoized.ts';

/** Where the release of the chart is, unless a file names another namespace. */
const usualNamespace = 'coralogix';

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

/** Whether a Service that was read leads to the agent on the caller's own node. */
export const hasAgentService = (model: Model): boolean => agentService(model) !== undefined;

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
  if (agentService(model) !== undefined) {
    return write;
  }
  const agent = agentOf(model);
  if (agent === undefined && model.values.some(({ chart }) => chart === 'otel-integration')) {
    return `${write}, and in the chart's values: opentelemetry-agent: { enabled: true, service: { enabled: true } }`;
  }
  const isOwnChart = agent?.rendered === undefined || agent.rendered.chart.role === 'agent';
  const hasValues = model.values.some(({ chart }) => chart === 'otel-integration');
  return isOwnChart && (hasValues || model.collectors.length === 0)
    ? `${write}, and in the chart's values opentelemetry-agent.service.enabled: true`
    : otherEndpoint(model, agent);
}

/** An endpoint of what was read, where that is not the chart `otel-integration`. */
function otherEndpoint(model: Model, agent: Collector | undefined): string {
  if (agent?.hostPorts.includes(otlpPort.grpc)) {
    return `write: http://$(HOST_IP):${otlpPort.grpc}, with HOST_IP declared before from status.hostIP`;
  }
  if (agent !== undefined) {
    return `send to a Service of ${agent.title} with internalTrafficPolicy: Local`;
  }
  const counting = model.collectors.find(makesSpanMetrics);
  const service = model.services.find(
    ({ namespace, selector, ports }) =>
      counting !== undefined &&
      (counting.namespace ?? namespace) === namespace &&
      ports.some(({ port }) => port === otlpPort.grpc) &&
      selects(selector, counting.labels),
  );
  return service === undefined
    ? 'send to a collector that makes span metrics'
    : `write: http://${service.name}.${service.namespace}:${otlpPort.grpc}`;
}
