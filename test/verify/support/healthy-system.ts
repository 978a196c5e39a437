import { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { loadSystem } from '../../../lib/config/load-system.ts';
import { System } from '../../../lib/constructs/system.ts';
import { renderApp } from '../../../lib/synth/render-app.ts';
import type { StoredSpans } from './fake-coralogix.ts';
import type { FakeCluster, JobRun, KubeObject } from './fake-kubernetes.ts';
import type { StoredSeries } from './series-store.ts';

/** A system with its files, its cluster and what Coralogix has of it. Tests change a copy. */
export interface TestSystem {
  /** Manifests by path. */
  files: Record<string, string>;
  objects: KubeObject[];
  logs: Record<string, string>;
  metrics: Record<string, string>;
  spans: StoredSpans[];
  series: StoredSeries[];
  /** Names of pods that the kubelet has no statistics of. */
  unmeasured?: readonly string[];
  /** What the catalogue of Coralogix lists, by type. */
  catalogue?: Readonly<Record<string, readonly string[]>>;
  /** What becomes of a Job that is created; undefined: the cluster refuses Jobs. */
  runJob?: ((job: KubeObject) => JobRun | undefined) | undefined;
}

export const namespace = 'dataprime-demo';
export const collectorNamespace = 'coralogix';
export const agentName = 'coralogix-opentelemetry-agent';
export const services = ['api-gateway', 'query-service'] as const;
export const nodes = ['node-a', 'node-b'] as const;

const hour = 3_600_000;
export const ago = (milliseconds: number): string =>
  new Date(Math.floor((Date.now() - milliseconds) / 1000) * 1000).toISOString();

let rendered: Readonly<Record<string, string>> | undefined;

/** The example system with two services, and its collector as manifests. */
function renderedFiles(): Readonly<Record<string, string>> {
  if (rendered === undefined) {
    const loaded = loadSystem('config/dataprime-demo.yaml');
    const app = new App();
    new System(app, 'System', {
      ...loaded,
      config: {
        ...loaded.config,
        services: loaded.config.services
          .filter(({ name }) => services.some((each) => each === name))
          .map((each) => ({ ...each, replicas: 2, volumes: [], configKeys: [] })),
        datastores: [],
        ingress: undefined,
        configMap: { ...loaded.config.configMap, data: {} },
        collector: {
          ...loaded.config.collector,
          delivery: 'manifests',
          loadBalancing: { ...loaded.config.collector.loadBalancing, enabled: false },
        },
      },
    });
    rendered = Object.fromEntries(renderApp(app).map(({ path, content }) => [path, content]));
  }
  return rendered;
}

/** A system in which every hop holds. */
export const healthySystem = (): TestSystem => runningSystem({ ...renderedFiles() });

/** A system of these manifests, with its collector among them, in which every hop in the cluster holds. */
export function runningSystem(files: Record<string, string>): TestSystem {
  const manifests = Object.values(files).flatMap(objectsOf);
  const pods = manifests.flatMap((manifest) => podsOf(manifest));
  const secrets = [
    secret(namespace, 'dataprime-secrets', ['OPENAI_API_KEY', 'CX_RUM_API_KEY', 'DB_PASSWORD']),
    secret(collectorNamespace, 'coralogix-keys', ['PRIVATE_KEY']),
  ];
  const objects = [...manifests.map((manifest) => live(manifest)), ...secrets, ...nodes.map(node), ...pods];
  const slices = manifests.filter(({ kind }) => kind === 'Service').flatMap((service) => sliceOf(service, pods));
  const agents = pods.filter((pod) => at(pod, 'metadata', 'namespace') === collectorNamespace);
  return {
    files,
    objects: [...objects, ...slices],
    logs: {},
    metrics: Object.fromEntries(agents.map((pod) => [`${collectorNamespace}/${pod.metadata.name}`, figures()])),
    spans: pods.filter((pod) => pod.metadata.namespace === namespace).map(spansOf),
    series: pods
      .filter((pod) => pod.metadata.namespace === namespace)
      .flatMap(seriesOf)
      .concat(nodes.flatMap(nodeSeries)),
  };
}

export const clusterOf = ({ objects, logs, metrics, runJob, unmeasured }: TestSystem): FakeCluster => ({
  objects,
  logs,
  metrics,
  runJob,
  unmeasured,
});

export const objectsOf = (yaml: string): KubeObject[] =>
  parseAllDocuments(yaml, { version: '1.1' }).flatMap((document) => {
    const value: KubeObject | null = document.toJS();
    return value === null ? [] : [value];
  });

/** A value at a path of an object. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((current, key) => Object(current)[key], value);

/** As the API server has a manifest, long after it was applied. */
export function live(manifest: KubeObject): KubeObject {
  const data = Object.keys(Object(manifest['data']));
  const fieldsV1 = { 'f:data': Object.fromEntries(data.map((key) => [`f:${key}`, {}])) };
  return {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      ...{
        generation: 1,
        creationTimestamp: ago(3 * hour),
        managedFields: [{ manager: 'kubectl', time: ago(2 * hour), fieldsV1 }],
      },
    },
    ...(isWorkload(manifest) ? { status: statusOf(manifest) } : {}),
  };
}

const isWorkload = ({ kind }: KubeObject): boolean => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind);

const replicasOf = (manifest: KubeObject): number =>
  manifest.kind === 'DaemonSet' ? nodes.length : Number(at(manifest, 'spec', 'replicas') ?? 1);

function statusOf(manifest: KubeObject): object {
  const count = replicasOf(manifest);
  return manifest.kind === 'DaemonSet'
    ? {
        observedGeneration: 1,
        desiredNumberScheduled: count,
        updatedNumberScheduled: count,
        numberReady: count,
        numberAvailable: count,
      }
    : {
        observedGeneration: 1,
        replicas: count,
        updatedReplicas: count,
        readyReplicas: count,
        availableReplicas: count,
      };
}

export function podsOf(manifest: KubeObject, started = ago(hour)): KubeObject[] {
  if (!isWorkload(manifest)) {
    return [];
  }
  const { name, namespace: where = 'default' } = manifest.metadata;
  const isDeployment = manifest.kind === 'Deployment';
  return Array.from({ length: replicasOf(manifest) }, (_, index): KubeObject => {
    const owner = isDeployment ? { kind: 'ReplicaSet', name: `${name}-abc12` } : { kind: manifest.kind, name };
    const containers: readonly unknown[] = Array.isArray(at(manifest, 'spec', 'template', 'spec', 'containers'))
      ? Object(at(manifest, 'spec', 'template', 'spec', 'containers'))
      : [];
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: isDeployment ? `${name}-abc12-${index}xyz` : `${name}-${index}`,
        namespace: where,
        ...{
          creationTimestamp: started,
          labels: {
            ...Object(at(manifest, 'spec', 'template', 'metadata', 'labels')),
            ...(isDeployment ? { 'pod-template-hash': 'abc12' } : {}),
          },
          ownerReferences: [{ ...owner, controller: true }],
        },
      },
      spec: { nodeName: nodes[index % nodes.length], containers },
      status: {
        phase: 'Running',
        podIP: `10.42.${index}.${name.length}`,
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: containers.map((container) => ({
          name: at(container, 'name'),
          ready: true,
          restartCount: 0,
          state: { running: { startedAt: started } },
          lastState: {},
        })),
      },
    };
  });
}

export function sliceOf(service: KubeObject, pods: readonly KubeObject[]): KubeObject[] {
  const selector = Object.entries(Object(at(service, 'spec', 'selector')));
  const { name, namespace: where = 'default' } = service.metadata;
  if (selector.length === 0) {
    return [];
  }
  const selected = pods.filter(
    (pod) =>
      pod.metadata.namespace === where &&
      selector.every(([key, value]) => at(pod, 'metadata', 'labels', key) === value),
  );
  return [
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: `${name}-1`, namespace: where, ...{ labels: { 'kubernetes.io/service-name': name } } },
      ports: [{ name: 'otlp', port: 4317 }],
      endpoints: selected.map((pod) => ({
        addresses: [at(pod, 'status', 'podIP')],
        nodeName: at(pod, 'spec', 'nodeName'),
        conditions: { ready: true },
      })),
    },
  ];
}

const secret = (where: string, name: string, keys: readonly string[]): KubeObject =>
  live({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: where },
    data: Object.fromEntries(keys.map((key) => [key, 'c2VjcmV0LXZhbHVl'])),
  });

const node = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
});

/** Metrics of a collector that works. */
export const figures = (changes: Readonly<Record<string, number>> = {}): string =>
  Object.entries({
    'otelcol_receiver_accepted_spans_total{receiver="otlp"}': 1200,
    'otelcol_receiver_refused_spans_total{receiver="otlp"}': 0,
    'otelcol_exporter_sent_spans_total{exporter="coralogix"}': 1200,
    'otelcol_exporter_send_failed_spans_total{exporter="coralogix"}': 0,
    'otelcol_exporter_sent_metric_points_total{exporter="coralogix"}': 5000,
    'otelcol_exporter_queue_size{exporter="coralogix"}': 3,
    'otelcol_exporter_queue_capacity{exporter="coralogix"}': 1000,
    ...changes,
  })
    .map(([name, value]) => `${name} ${value}\n`)
    .join('');

const serviceOfPod = (pod: KubeObject): string => pod.metadata.name.replace(/-abc12-.*/, '');

/** Resource attributes of what a pod sends. */
const resourceOf = (pod: KubeObject): Record<string, string> => ({
  'k8s.pod.name': pod.metadata.name,
  'k8s.namespace.name': namespace,
  'k8s.node.name': String(at(pod, 'spec', 'nodeName')),
  'k8s.deployment.name': serviceOfPod(pod),
  'k8s.cluster.name': 'dataprime-demo',
});

const spansOf = (pod: KubeObject): StoredSpans => ({
  service: serviceOfPod(pod),
  count: 100,
  resource: resourceOf(pod),
  age: 1,
});

function seriesOf(pod: KubeObject): StoredSeries[] {
  const resource = Object.fromEntries(
    Object.entries(resourceOf(pod)).map(([key, value]) => [key.replaceAll('.', '_'), value]),
  );
  const service_name = serviceOfPod(pod);
  const plain = {
    service_name,
    span_name: 'GET /',
    span_kind: 'SPAN_KIND_SERVER',
    status_code: 'STATUS_CODE_UNSET',
    ...resource,
  };
  const compact = {
    service_name,
    span_kind: 'SPAN_KIND_SERVER',
    status_code: 'STATUS_CODE_UNSET',
    k8s_cluster_name: 'dataprime-demo',
  };
  return [
    { __name__: 'calls_total', ...plain },
    { __name__: 'duration_ms_bucket', le: '100', ...plain },
    { __name__: 'duration_ms_bucket', le: '+Inf', ...plain },
    ...[
      'compact_calls_total',
      'compact_duration_ms_bucket',
      'compact_duration_ms_sum',
      'compact_duration_ms_count',
    ].map((__name__) => ({ __name__, ...compact })),
    { __name__: 'k8s_pod_cpu_utilization', ...resource },
    { __name__: 'k8s_pod_memory_working_set_bytes', ...resource },
  ];
}

const nodeSeries = (name: string): StoredSeries[] => [
  {
    __name__: 'system_cpu_time_seconds_total',
    k8s_node_name: name,
    host_name: name,
    k8s_cluster_name: 'dataprime-demo',
  },
  { __name__: 'system_memory_usage_bytes', k8s_node_name: name, host_name: name, k8s_cluster_name: 'dataprime-demo' },
];
