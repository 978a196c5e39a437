import { collectorService, otlpPort } from '../../../chart/names.ts';
import type { Collector } from '../../../model/collector/collector.ts';
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
