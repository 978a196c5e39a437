import type { Settings } from '../../lib/pipeline/component.ts';

/**
 * Settings of the agent of the chart `otel-integration` 0.0.331 (sub-chart `opentelemetry-agent` 0.135.4, collector
 * 0.155.0), as `helm template` renders them with the example system's seven dimensions among the `extraDimensions`.
 *
 * @see https://github.com/coralogix/telemetry-shippers/tree/master/otel-integration/k8s-helm
 */
const podIp = '${env:MY_POD_IP}';

export const receiver = {
  otlp: {
    protocols: {
      grpc: { endpoint: `${podIp}:4317`, max_recv_msg_size_mib: 20 },
      http: { endpoint: `${podIp}:4318` },
    },
  },
} satisfies Record<string, Settings>;

/** The chart's own list, the seven of the system, and what error tracking appends; service.version once. */
export const chartDimensions = [
  'http.method',
  'cgx.transaction',
  'cgx.transaction.root',
  'status_code',
  'db.namespace',
  'db.operation.name',
  'db.collection.name',
  'db.system',
  'graphql.operation.type',
  'http.status_code',
  'service.version',
  'deployment.environment',
  'k8s.namespace.name',
  'k8s.deployment.name',
  'k8s.pod.name',
  'http.response.status_code',
  'rpc.grpc.status_code',
] as const;

const buckets = ['1ms', '4ms', '10ms', '20ms', '50ms', '100ms', '200ms', '500ms', '1s', '2s', '5s'];

interface SpanMetricsFacts {
  readonly namespace: string;
  readonly dimensions?: readonly string[];
  readonly exclude?: readonly string[];
}

const spanMetrics = ({ namespace, dimensions, exclude = [] }: SpanMetricsFacts): Settings => ({
  namespace,
  add_resource_attributes: true,
  aggregation_cardinality_limit: 100_000,
  ...(dimensions === undefined ? {} : { dimensions: dimensions.map((name) => ({ name })) }),
  exclude_dimensions: ['collector.instance.id', ...exclude],
  histogram: { explicit: { buckets }, unit: 'ms' },
  metrics_expiration: '5m',
  metrics_flush_interval: '30s',
  series_expiration: '5m',
});

export const connector = {
  'forward/compact': {},
  'forward/db': {},
  'forward/db_compact': {},
  spanmetrics: spanMetrics({ namespace: '', dimensions: chartDimensions }),
  'spanmetrics/compact': spanMetrics({ namespace: 'compact', exclude: ['span.name'] }),
  'spanmetrics/db': spanMetrics({
    namespace: 'db',
    dimensions: ['db.namespace', 'db.operation.name', 'db.collection.name', 'db.system', 'service.version'],
  }),
  'spanmetrics/db_compact': spanMetrics({
    namespace: 'db_compact',
    dimensions: ['db.namespace', 'db.system'],
    exclude: ['span.name', 'span.kind'],
  }),
} satisfies Record<string, Settings>;

const sanitized = (attribute: string) => ({ enabled: true, attributes: ['db.statement', attribute] });

const keepResource =
  'keep_keys(resource.attributes, ["service.name", "k8s.cluster.name", "host.name", "deployment.environment.name"])';

const fromCollector = 'where resource.attributes["service.name"] == "opentelemetry-collector"';

/** Names that the scraped metrics of a collector had in other versions, and theirs now. */
const collectorMetricNames: readonly (readonly [pattern: string, name: string])[] = [
  ['_total$', ''],
  ['^otelcol_process_cpu_seconds_seconds$', 'otelcol_process_cpu_seconds'],
  ['^otelcol_process_runtime_heap_alloc_bytes_bytes$', 'otelcol_process_runtime_heap_alloc_bytes'],
  ['^otelcol_process_runtime_total_alloc_bytes_bytes$', 'otelcol_process_runtime_total_alloc_bytes'],
  ['^otelcol_process_runtime_total_sys_memory_bytes_bytes$', 'otelcol_process_runtime_total_sys_memory_bytes'],
  ['^otelcol_fileconsumer_open_files$', 'otelcol_fileconsumer_open_files_ratio'],
  ['^otelcol_fileconsumer_reading_files$', 'otelcol_fileconsumer_reading_files_ratio'],
  ...['ip_lookup_miss', 'pod_added', 'pod_updated', 'pod_deleted'].map(
    (name) => [`^otelcol_otelsvc_k8s_${name}$`, `otelcol_otelsvc_k8s_${name}_ratio`] as const,
  ),
  ...['accepted', 'refused'].flatMap((what) =>
    ['log_records', 'metric_points', 'spans'].map(
      (data) => [`^otelcol_processor_memory_limiter_${what}_${data}$`, `otelcol_processor_${what}_${data}`] as const,
    ),
  ),
  ['^otelcol_processor_filter_spans\\\\.filtered$', 'otelcol_processor_filter_spans.filtered_ratio'],
];

const statusFrom = (status: string, condition: string) =>
  `set(datapoint.attributes["status.code"], "${status}") where datapoint.attributes["status.code"] == nil and instrumentation_scope.name == "spanmetricsconnector" and ${condition}`;

const cadvisorMetrics = [
  'fs_writes_total',
  'fs_reads_total',
  'fs_writes_bytes_total',
  'fs_reads_bytes_total',
  'fs_usage_bytes',
  'cpu_cfs_throttled_periods_total',
  'cpu_cfs_periods_total',
];

export const processor = {
  memory_limiter: { check_interval: '5s', limit_percentage: 80, spike_limit_percentage: 25 },
  'resourcedetection/env': {
    detectors: ['system', 'env'],
    override: false,
    system: { resource_attributes: { 'host.id': { enabled: true } } },
    timeout: '2s',
  },
  'resource/metadata': {
    attributes: [
      { action: 'upsert', key: 'k8s.cluster.name', value: 'bench' },
      { action: 'upsert', key: 'cx.otel_integration.name', value: 'coralogix-integration-helm' },
    ],
  },
  k8sattributes: {
    extract: {
      deployment_name_from_replicaset: true,
      metadata: ['namespace', 'deployment', 'statefulset', 'daemonset', 'cronjob', 'job', 'node', 'pod'].map(
        (owner) => `k8s.${owner}.name`,
      ),
    },
    filter: { node_from_env_var: 'K8S_NODE_NAME' },
    passthrough: false,
    pod_association: [
      { sources: [{ from: 'resource_attribute', name: 'k8s.pod.ip' }] },
      { sources: [{ from: 'resource_attribute', name: 'k8s.pod.uid' }] },
      { sources: [{ from: 'connection' }] },
      { sources: [{ from: 'resource_attribute', name: 'k8s.job.name' }] },
    ],
  },
  'transform/spanmetrics': {
    error_mode: 'silent',
    metric_statements: [
      {
        context: 'datapoint',
        statements: [
          statusFrom('STATUS_CODE_ERROR', 'datapoint.attributes["otel.status_code"] == "ERROR"'),
          statusFrom('STATUS_CODE_OK', 'datapoint.attributes["otel.status_code"] == "OK"'),
          statusFrom(
            'STATUS_CODE_UNSET',
            '(datapoint.attributes["otel.status_code"] == "UNSET" or datapoint.attributes["otel.status_code"] == nil)',
          ),
        ],
      },
    ],
  },
  'redaction/spanname': {
    allow_all_keys: true,
    url_sanitizer: { enabled: true },
    db_sanitizer: {
      sql: sanitized('db.query'),
      redis: sanitized('redis.command'),
      memcached: sanitized('memcached.command'),
      mongo: sanitized('mongodb.query'),
      es: sanitized('elasticsearch.body'),
      opensearch: sanitized('opensearch.body'),
    },
  },
  'transform/semconv': {
    error_mode: 'ignore',
    trace_statements: [
      {
        context: 'span',
        statements: [
          'set(span.attributes["http.method"], span.attributes["http.request.method"]) where span.attributes["http.request.method"] != nil',
          'set(span.attributes["http.response.status_code"], span.attributes["http.status_code"]) where span.attributes["http.response.status_code"] == nil and span.attributes["http.status_code"] != nil',
        ],
      },
    ],
  },
  'groupbytrace/transactions': { wait_duration: '30s' },
  batch: { send_batch_max_size: 2048, send_batch_size: 1024, timeout: '1s' },
  'transform/compact': { trace_statements: [{ context: 'resource', statements: [keepResource] }] },
  'filter/db_spanmetrics': { traces: { span: ['span.attributes["db.system"] == nil'] } },
  'filter/db_compact_spanmetrics': {
    traces: {
      span: [
        'span.kind != SPAN_KIND_CLIENT or span.attributes["db.namespace"] == nil or span.attributes["db.system"] == nil',
      ],
    },
  },
  'transform/db_compact': {
    trace_statements: [
      { context: 'resource', statements: [keepResource] },
      { context: 'span', statements: ['keep_keys(span.attributes, ["db.namespace", "db.system"])'] },
    ],
  },
  'transform/kubeletstatscpu': {
    error_mode: 'ignore',
    metric_statements: [
      {
        context: 'metric',
        statements: ['container', 'k8s.pod', 'k8s.node'].flatMap((owner) => [
          `set(metric.unit, "1") where metric.name == "${owner}.cpu.usage"`,
          `set(metric.name, "${owner}.cpu.utilization") where metric.name == "${owner}.cpu.usage"`,
        ]),
      },
    ],
  },
  'filter/k8s_extra_metrics': {
    metrics: {
      metric: [
        `resource.attributes["service.name"] == "kubernetes-cadvisor" and (${cadvisorMetrics.map((name) => `metric.name != "container_${name}"`).join(' and ')})`,
      ],
    },
  },
  'transform/prometheus': {
    error_mode: 'ignore',
    metric_statements: [
      {
        context: 'metric',
        statements: collectorMetricNames.map(
          ([pattern, name]) => `replace_pattern(metric.name, "${pattern}", "${name}") ${fromCollector}`,
        ),
      },
      {
        context: 'resource',
        statements: [
          `set(resource.attributes["k8s.pod.ip"], resource.attributes["net.host.name"]) ${fromCollector}`,
          `delete_key(resource.attributes, "service_name") ${fromCollector}`,
        ],
      },
      {
        context: 'datapoint',
        statements: [
          `delete_key(datapoint.attributes, "service_name") ${fromCollector}`,
          'delete_key(datapoint.attributes, "otel_scope_name") where datapoint.attributes["service.name"] == "opentelemetry-collector"',
        ],
      },
    ],
  },
} satisfies Record<string, Settings>;

/** Of the `coralogix` exporter. */
export const exporterQueue: Settings = {
  batch: { flush_timeout: '250ms', max_size: 2_097_152, min_size: 1_048_576, sizer: 'bytes' },
  enabled: true,
  num_consumers: 20,
  queue_size: 209_715_200,
  sizer: 'bytes',
};

export const telemetry: Settings = {
  logs: { encoding: 'json', level: 'info' },
  metrics: {
    readers: [
      {
        pull: {
          exporter: {
            prometheus: {
              host: podIp,
              port: 8888,
              without_scope_info: false,
              without_type_suffix: false,
              without_units: false,
            },
          },
        },
      },
    ],
  },
};

/** On the pod's address like the health check: two of them run on this machine. */
export const extension = {
  health_check: { endpoint: `${podIp}:13133` },
  zpages: { endpoint: `${podIp}:55679` },
  pprof: { endpoint: `${podIp}:1777` },
} satisfies Record<string, Settings>;
