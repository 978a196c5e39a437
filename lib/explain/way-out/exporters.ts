import { type Collector, componentType } from '../../model/collector/collector.ts';
import type { CollectorPipeline } from '../../model/collector/collector-pipeline.ts';
import { parseEndpoint } from '../../model/network/endpoint.ts';
import { mappingAt, textAt } from '../../model/value.ts';

const elsewhere = new Set(['debug', 'logging', 'nop', 'spanmetrics', 'forward', 'servicegraph', 'routing', 'count']);

/** Exporters of some pipelines by which data leave the collector. */
export const exportersOf = ({ config }: Collector, pipelines: readonly CollectorPipeline[]): string[] => [
  ...new Set(
    pipelines
      .flatMap(({ exporters }) => exporters)
      .filter((id) => !elsewhere.has(componentType(id)) && !Object.hasOwn(mappingAt(config, 'connectors'), id)),
  ),
];

/** The exporter that hands spans to another collector. */
export const handingOn = (exporters: readonly string[]): string | undefined =>
  ['loadbalancing', 'otlp', 'otlphttp'].flatMap((type) => exporters.filter((id) => componentType(id) === type))[0];

/** The host of Coralogix that an exporter sends to; undefined where it sends elsewhere. */
export function coralogixHost({ config }: Collector, id: string): string | undefined {
  const settings = mappingAt(config, 'exporters', id);
  if (componentType(id) === 'coralogix') {
    return textAt(settings, 'domain') ?? textAt(settings, 'traces', 'endpoint') ?? '';
  }
  const { host } = parseEndpoint(textAt(settings, 'endpoint') ?? '');
  return host.kind === 'coralogix' ? host.name : undefined;
}
