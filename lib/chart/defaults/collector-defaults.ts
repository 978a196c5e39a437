import type { Mapping } from '../../yaml/value.ts';
import { otlpPort } from '../names.ts';
import { spanMetricDefaults } from './span-metric-defaults.ts';

const pipeline = { exporters: ['debug'], processors: ['memory_limiter'], receivers: [] };
const on = { enabled: true };

/**
 * What the chart `opentelemetry-collector` 0.135.4 has where values say nothing, as far as it decides what the
 * collector does. What is off by default is not named.
 *
 * @see https://github.com/coralogix/opentelemetry-helm-charts/blob/main/charts/opentelemetry-collector/values.yaml
 */
export const collectorDefaults: Mapping = {
  mode: 'daemonset',
  networkMode: 'ipv4',
  hostNetwork: false,
  service: { type: 'ClusterIP' },
  presets: {
    ...spanMetricDefaults,
    batch: { sendBatchSize: 1024, sendBatchMaxSize: 2048, timeout: '1s' },
    collectorMetrics: { enabled: true, pipeline: 'metrics', scrapeInterval: '30s' },
    coralogixExporter: { pipelines: ['all'], privateKey: '${env:CORALOGIX_PRIVATE_KEY}' },
    headSampling: { percentage: 10, mode: 'proportional' },
    kubernetesAttributes: { podUid: on, podStartTime: on },
    kubernetesResources: { filterWorkflows: on },
    loadBalancing: { pipelines: ['traces'], routingKey: 'traceID', hostname: '', k8s: { timeout: '1m' } },
    otlpExporter: { pipelines: ['all'] },
    otlpReceiver: { enabled: true, maxRecvMsgSizeMiB: 20 },
    profilesK8sAttributes: { enabled: true },
    reduceResourceAttributes: { pipelines: ['all'] },
    resourceDetection: { pipeline: 'all', detectors: { cloud: [] }, region: on },
    transactions: { waitDuration: '30s' },
    windowsEventLog: { channels: ['System', 'Application', 'Security'] },
  },
  config: {
    exporters: { debug: {} },
    extensions: { health_check: { endpoint: '${env:MY_POD_IP}:13133' } },
    receivers: {},
    processors: { memory_limiter: null },
    service: { extensions: ['health_check'], pipelines: { logs: pipeline, metrics: pipeline, traces: pipeline } },
  },
  ports: {
    otlp: { enabled: true, containerPort: otlpPort.grpc, servicePort: otlpPort.grpc, hostPort: otlpPort.grpc },
    'otlp-http': { enabled: true, containerPort: otlpPort.http, servicePort: otlpPort.http, hostPort: otlpPort.http },
    metrics: { enabled: false, containerPort: 8888, servicePort: 8888 },
  },
};
