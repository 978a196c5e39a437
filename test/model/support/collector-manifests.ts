import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import { documents } from './pod.ts';

export interface CollectorManifestsProps {
  readonly namespace?: string;
  readonly kind?: 'DaemonSet' | 'Deployment';
  readonly hostNetwork?: boolean;
  readonly ports?: readonly object[];
  readonly config?: object;
}

const smallest = {
  receivers: { otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' } } } },
  exporters: { debug: {} },
  service: { pipelines: { traces: { receivers: ['otlp'], exporters: ['debug'] } } },
};

/** A collector named and labelled `agent`, and the ConfigMap that it mounts. */
export function collectorManifests(props: CollectorManifestsProps): string {
  const { namespace = 'demo', kind = 'DaemonSet', hostNetwork = false, ports = [], config = smallest } = props;
  const metadata = { name: 'agent', namespace };
  const spec = {
    hostNetwork,
    containers: [{ name: 'otelcol', ports }],
    volumes: [{ name: 'data' }, { name: 'config', configMap: { name: 'agent' } }],
  };
  return documents(
    toYaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { notes: 'no YAML: [', relay: toYaml(config) } }),
    toYaml({
      apiVersion: 'apps/v1',
      kind,
      metadata,
      spec: { template: { metadata: { labels: { app: 'agent' } }, spec } },
    }),
  );
}
