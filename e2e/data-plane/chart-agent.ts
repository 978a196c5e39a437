import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { renderChart } from '../../lib/chart/chart.ts';
import { subChart } from '../../lib/chart/names.ts';
import { mappingAt } from '../../lib/yaml/value.ts';
import { type Adaption, type Configuration, configuration } from './runnable-configuration.ts';

/** Types of processors that the test bed can build. */
const built = ['memory_limiter', 'batch', 'filter', 'groupbytrace', 'redaction', 'resource', 'transform'];
const typeOf = (id: string): string => id.split('/', 1)[0] ?? id;

/**
 * The agent that the chart makes of the values of an output, in the place of the synthesized one. Its pipelines of traces
 * and of metrics are the chart's, with all that counts spans. Receiver, exporter, extensions and the processors that ask the
 * API server or the node are the synthesized ones: the chart's need Coralogix' own components, or other rights.
 */
export const chartAgent =
  (dist: string): Adaption =>
  (config) => {
    const chart = agentConfiguration(dist);
    const isConnector = (id: string) => Object.hasOwn(chart.connectors, id);
    const ownProcessors = new Map([
      ['resourcedetection/env', 'resourcedetection'],
      ['k8sattributes', 'k8sattributes'],
    ]);
    const processor = (id: string) => ownProcessors.get(id) ?? (built.includes(typeOf(id)) ? [id] : []);
    const pipelines = Object.entries(chart.service.pipelines)
      .filter(([id]) => ['traces', 'metrics'].includes(typeOf(id)))
      .map(([id, { receivers, processors, exporters }]) => [
        id,
        {
          receivers: receivers.filter((receiver) => receiver === 'otlp' || isConnector(receiver)),
          processors: processors.flatMap(processor),
          exporters: [...new Set(exporters.map((exporter) => (isConnector(exporter) ? exporter : 'otlp')))],
        },
      ]);
    const used = new Set(Object.values(chart.service.pipelines).flatMap(({ processors }) => processors));
    config.connectors = chart.connectors;
    config.processors = {
      ...Object.fromEntries(
        Object.entries(chart.processors).filter(([id]) => used.has(id) && built.includes(typeOf(id))),
      ),
      ...Object.fromEntries([...ownProcessors.values()].map((id) => [id, config.processors[id] ?? {}])),
      // Half a minute for the late spans of a trace would be most of the test.
      'groupbytrace/transactions': { ...chart.processors['groupbytrace/transactions'], wait_duration: '1s' },
    };
    config.service.pipelines = Object.fromEntries(pipelines);
  };

function agentConfiguration(dist: string): Configuration {
  const values: unknown = parse(readFileSync(join(dist, 'helm', 'coralogix-infra-values.yaml'), 'utf8'));
  const release = { name: 'otel', namespace: 'coralogix' };
  const { collectors } = renderChart('otel-integration', mappingAt(values), release);
  return configuration.parse(collectors.find(({ chart }) => chart.alias === subChart.agent)?.configuration);
}
