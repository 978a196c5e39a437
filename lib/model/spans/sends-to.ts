import { ownValue } from '../../own-value.ts';
import { componentType } from '../../pipeline/component.ts';
import { mappingAt, textAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import { parseEndpoint } from '../network/endpoint.ts';
import { selects } from '../network/selector.ts';

/** Whether a collector hands its traces to another one, by a Service that leads there. */
export function sendsTracesTo(model: Model, from: Collector, to: Collector): boolean {
  const exporters = mappingAt(from.config, 'exporters');
  const hosts = from.pipelines
    .of('traces')
    .flatMap((pipeline) => pipeline.exporters)
    .flatMap((id) => hostOf(id, ownValue(exporters, id)) ?? []);
  return hosts.some((host) => {
    const [name, namespace = from.namespace] = host.split('.');
    return model.services.some(
      (service) =>
        service.name === name &&
        (namespace ?? service.namespace) === service.namespace &&
        (to.namespace ?? service.namespace) === service.namespace &&
        selects(service.selector, to.labels),
    );
  });
}

function hostOf(id: string, settings: unknown): string | undefined {
  switch (componentType(id)) {
    case 'loadbalancing':
      return textAt(settings, 'resolver', 'dns', 'hostname') ?? textAt(settings, 'resolver', 'k8s', 'service');
    case 'otlp':
    case 'otlphttp': {
      const { host } = parseEndpoint(textAt(settings, 'endpoint') ?? '');
      return host.kind === 'name' ? host.name : undefined;
    }
    default:
      return undefined;
  }
}
