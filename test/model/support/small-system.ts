import { toYaml } from '../../../lib/yaml/to-yaml.ts';

/** What is not as in the small system that works. */
export interface SmallSystemProps {
  readonly name?: string;
  readonly namespace?: string;
  readonly kind?: string;
  /** Variables by name; undefined takes one away, an object is the `valueFrom`. */
  readonly env?: Readonly<Record<string, string | object | undefined>>;
  /** Further keys of the application's pod, its metadata and its container. */
  readonly pod?: object;
  readonly metadata?: object;
  readonly container?: object;
  readonly containers?: readonly object[];
  /** Of the collector. */
  readonly collectorKind?: string;
  readonly collectorPod?: object;
  readonly replicas?: number;
  readonly receiver?: object;
  /** Receivers of traces. */
  readonly receivers?: readonly string[];
  readonly processors?: readonly string[];
  readonly settings?: Readonly<Record<string, object>>;
  readonly connector?: object;
  readonly exporters?: readonly string[];
  readonly exporterSettings?: Readonly<Record<string, object>>;
  readonly metrics?: { readonly receivers?: readonly string[]; readonly exporters?: readonly string[] };
  /** Further components of the collector's configuration, by section. */
  readonly components?: Readonly<Record<string, object>>;
  /** Extensions that the collector's service names. */
  readonly extensions?: readonly string[];
  /** Further keys of the collector's Service. */
  readonly service?: object;
  /** Other objects. */
  readonly more?: readonly object[];
}

const env = {
  POD_NAME: { fieldRef: { fieldPath: 'metadata.name' } },
  POD_IP: { fieldRef: { fieldPath: 'status.podIP' } },
  NODE_IP: { fieldRef: { fieldPath: 'status.hostIP' } },
  OTEL_SERVICE_NAME: 'api',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://agent.otel:4317',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
  OTEL_RESOURCE_ATTRIBUTES: 'k8s.pod.ip=$(POD_IP)',
};

export const metadata = ['k8s.namespace.name', 'k8s.deployment.name', 'k8s.node.name', 'k8s.pod.name'];

/** What the collector's processors and exporters are told. */
export const settings = {
  k8sattributes: {
    extract: { metadata },
    pod_association: [
      { sources: [{ from: 'resource_attribute', name: 'k8s.pod.ip' }] },
      { sources: [{ from: 'connection' }] },
    ],
  },
};

export const coralogix = {
  domain: 'eu2.coralogix.com',
  private_key: '${file:/etc/otelcol/key}',
  application_name: 'otel',
  subsystem_name: 'integration',
  application_name_attributes: ['k8s.namespace.name'],
  subsystem_name_attributes: ['k8s.deployment.name', 'k8s.statefulset.name', 'k8s.cronjob.name', 'service.name'],
};

export const connector = { namespace: '', histogram: { unit: 'ms', explicit: { buckets: ['10ms', '1s'] } } };

/** An application and the collector on each node that counts its spans, as YAML. */
export function smallSystem(props: SmallSystemProps = {}): string {
  return [application(props), ...collector(props), ...(props.more ?? [])].map((object) => toYaml(object)).join('---\n');
}

/** A workload that sends spans. */
export function application(props: SmallSystemProps = {}): object {
  const { name = 'api', namespace = 'shop', kind = 'Deployment' } = props;
  // Last, so that it may refer to all others.
  const { OTEL_RESOURCE_ATTRIBUTES, ...others } = { ...env, ...props.env };
  const variables = Object.entries({ ...others, OTEL_RESOURCE_ATTRIBUTES }).flatMap(([variable, value]) =>
    value === undefined ? [] : [{ name: variable, ...(typeof value === 'string' ? { value } : { valueFrom: value }) }],
  );
  const template = {
    metadata: { labels: { app: name }, ...props.metadata },
    spec: {
      ...props.pod,
      containers: [
        { name: 'app', image: 'shop-api:1', env: variables, ...props.container },
        ...(props.containers ?? []),
      ],
    },
  };
  return {
    apiVersion: kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name, namespace },
    spec: kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template },
  };
}

/** A collector named `agent`, its configuration and its Service. */
export function collector(props: SmallSystemProps, name = 'agent'): object[] {
  const own = { name, namespace: 'otel' };
  const { receivers, processors, connectors, exporters, ...sections } = props.components ?? {};
  const named = props.exporters ?? ['spanmetrics', 'coralogix'];
  const onPath = props.processors ?? ['k8sattributes'];
  const counts = named.some((id) => id.startsWith('spanmetrics'));
  const metrics = {
    receivers: props.metrics?.receivers ?? (counts ? ['spanmetrics'] : ['otlp']),
    exporters: props.metrics?.exporters ?? ['coralogix'],
  };
  const config = {
    receivers: { otlp: { protocols: props.receiver ?? { grpc: { endpoint: '0.0.0.0:4317' } } }, ...receivers },
    processors: { ...defined(onPath), ...settings, ...props.settings, ...processors },
    connectors: { spanmetrics: props.connector ?? connector, ...connectors },
    exporters: {
      ...defined([...named, ...metrics.exporters].filter((id) => !id.startsWith('spanmetrics'))),
      coralogix,
      ...props.exporterSettings,
      ...exporters,
    },
    ...sections,
    service: {
      ...(props.extensions === undefined ? {} : { extensions: props.extensions }),
      pipelines: {
        traces: {
          receivers: props.receivers ?? ['otlp'],
          processors: onPath,
          exporters: named,
        },
        metrics,
      },
    },
  };
  const spec = {
    containers: [{ name: 'otelcol', image: 'otelcol:1' }],
    volumes: [{ name: 'config', configMap: { name } }],
    ...props.collectorPod,
  };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: own, data: { relay: toYaml(config) } },
    {
      apiVersion: 'apps/v1',
      kind: props.collectorKind ?? 'DaemonSet',
      metadata: own,
      spec: {
        ...(props.replicas === undefined ? {} : { replicas: props.replicas }),
        template: { metadata: { labels: { app: name } }, spec },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: own,
      spec: { internalTrafficPolicy: 'Local', selector: { app: name }, ports: [{ port: 4317 }], ...props.service },
    },
  ];
}

/** A component that no pipeline finds. */
export const undefinedComponent = 'missing';

/** What pipelines name is configured, so that the collector starts. */
const defined = (ids: readonly string[]): object =>
  Object.fromEntries(
    ids
      .filter((id) => id !== undefinedComponent)
      .map((id) => [id, id === 'memory_limiter' ? { check_interval: '1s', limit_percentage: 80 } : {}]),
  );
