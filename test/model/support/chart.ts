import type { Collector } from '../../../lib/model/collector/collector.ts';
import type { Model } from '../../../lib/model/model.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import { first, modelOf } from './model-of.ts';

const global = { domain: 'eu2.coralogix.com', clusterName: 'k3s' };

/** What the chart makes of values, beside those that it does not do without. */
export const chartModel = (values: object): Model => modelOf(toYaml({ global, ...values }));

export const agentOf = (agent: unknown): Collector =>
  first(chartModel({ 'opentelemetry-agent': agent, 'opentelemetry-cluster-collector': { enabled: false } }).collectors);

export const gatewayOf = (gateway: object): Collector =>
  first(chartModel({ 'opentelemetry-gateway': { enabled: true, ...gateway } }).collectors.slice(2));

/** Each pipeline on a line: what comes in, what is done, where it goes. */
export const pipelineLines = ({ pipelines }: Collector): string[] =>
  pipelines.all.map(({ id, receivers, processors, exporters }) =>
    [`${id}:`, receivers.join(' '), '→', processors.join(' '), '→', exporters.join(' ')].join(' '),
  );

/** The pipelines that are not as in another collector. */
export function changedLines(collector: Collector, from: Collector): string[] {
  const before = new Set(pipelineLines(from));
  return pipelineLines(collector).filter((line) => !before.has(line));
}
