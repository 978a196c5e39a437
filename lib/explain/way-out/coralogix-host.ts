import type { Collector } from '../../model/collector/collector.ts';
import { parseEndpoint } from '../../model/network/endpoint.ts';
import { componentType } from '../../pipeline/component.ts';
import { mappingAt, textAt } from '../../yaml/value.ts';

/** The host of Coralogix that an exporter sends to; undefined where it sends elsewhere. */
export function coralogixHost({ config }: Collector, id: string): string | undefined {
  const settings = mappingAt(config, 'exporters', id);
  if (componentType(id) === 'coralogix') {
    return textAt(settings, 'domain') ?? textAt(settings, 'traces', 'endpoint') ?? '';
  }
  const { host } = parseEndpoint(textAt(settings, 'endpoint') ?? '');
  return host.kind === 'coralogix' ? host.name : undefined;
}
