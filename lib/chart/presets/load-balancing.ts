import type { Mapping } from '../../yaml/value.ts';
import type { ChartValues } from '../chart-values.ts';
import type { Preset } from './preset.ts';

/** Sends all spans of a trace to the same gateway. */
export const loadBalancing: Preset = {
  key: 'loadBalancing',
  apply(draft, values) {
    draft.component('exporters', 'loadbalancing', {
      routing_key: values.at('presets', 'loadBalancing', 'routingKey'),
      protocol: { otlp: { tls: { insecure: true } } },
      resolver: resolver(values),
    });
    const named = values.texts('presets', 'loadBalancing', 'pipelines');
    for (const signal of named.length > 0 ? named : ['traces']) {
      draft.append(signal, 'exporters', 'loadbalancing');
    }
  },
};

function resolver(values: ChartValues): Mapping {
  const at = (...path: readonly string[]) => values.text('presets', 'loadBalancing', ...path);
  if (values.has('presets', 'loadBalancing', 'k8s', 'enabled')) {
    return { k8s: { service: at('k8s', 'service') } };
  }
  return values.has('presets', 'loadBalancing', 'awsCloudMap', 'enabled')
    ? { aws_cloud_map: { namespace: at('awsCloudMap', 'namespace') } }
    : { dns: { hostname: at('hostname') ?? '' } };
}
