import { batch } from './presets/batch.ts';
import { hostEntityEvents, kubernetesResources } from './presets/catalog.ts';
import * as enrichment from './presets/enrichment.ts';
import { coralogixExporter, otlpExporter } from './presets/exporters.ts';
import { extraConfig } from './presets/extra-config.ts';
import { eksFargate } from './presets/fargate.ts';
import { kubernetesAttributes } from './presets/kubernetes-attributes.ts';
import { loadBalancing } from './presets/load-balancing.ts';
import { journaldReceiver, kubernetesEvents, logsCollection } from './presets/logs.ts';
import * as metrics from './presets/metrics.ts';
import type { Preset } from './presets/preset.ts';
import { ebpfProfiler, profilesAttributes, profilesCollection } from './presets/profiles.ts';
import * as receivers from './presets/receivers.ts';
import { resourceDetection } from './presets/resource-detection.ts';
import { headSampling } from './presets/sampling.ts';
import { sanitization } from './presets/sanitization.ts';
import { spanMetrics } from './presets/span-metrics.ts';
import { spanMetricsMulti } from './presets/span-metrics-multi.ts';

const { metadata, reduceResourceAttributes, semconv, transactions, ecsAttributes } = enrichment;
const { kubeletMetrics, kubernetesExtraMetrics, kubernetesApiServerMetrics, clusterMetrics, deltaToCumulative } =
  metrics;
const { targetAllocator, otlpReceiver, statsdReceiver, hostMetrics } = receivers;

const { ecsLogsCollection, macosSystemLogs, filelogMulti, mysql, prometheusMulti, annotationDiscovery } = receivers;
const { jaegerReceiver, zipkinReceiver, ecsMetrics, windowsEventLog, iisReceiver, iisLogs, systemdReceiver } =
  receivers;

const collection = [
  ecsLogsCollection,
  logsCollection,
  macosSystemLogs,
  filelogMulti,
  mysql,
  hostMetrics,
  kubeletMetrics,
];
const kubernetesMetrics = [kubernetesExtraMetrics, kubernetesApiServerMetrics];
const catalog = [kubernetesResources, hostEntityEvents, reduceResourceAttributes, semconv, transactions, extraConfig];
const ownMetrics = [metrics.collectorMetrics, prometheusMulti, annotationDiscovery, jaegerReceiver, zipkinReceiver];
const hostReceivers = [journaldReceiver, windowsEventLog, iisReceiver, iisLogs, systemdReceiver];
const exporters = [loadBalancing, coralogixExporter, otlpExporter];
const spanCounts = [targetAllocator, spanMetricsMulti, sanitization];

const inDaemonSet: readonly Preset[] = [
  ...collection,
  kubernetesAttributes,
  ...kubernetesMetrics,
  clusterMetrics,
  deltaToCumulative,
  metadata,
  spanMetrics,
  ...spanCounts,
  ...catalog,
  ...ownMetrics,
  ecsMetrics,
  ...hostReceivers,
  profilesCollection,
  ebpfProfiler,
  ecsAttributes,
  profilesAttributes,
  resourceDetection,
  ...exporters,
  otlpReceiver,
  statsdReceiver,
  headSampling,
  eksFargate,
  batch,
];

const inDeployment: readonly Preset[] = [
  eksFargate,
  ...collection,
  kubernetesAttributes,
  ebpfProfiler,
  profilesAttributes,
  resourceDetection,
  kubernetesEvents,
  clusterMetrics,
  ...kubernetesMetrics,
  metadata,
  spanMetrics,
  ...exporters,
  ...spanCounts,
  ...catalog,
  headSampling,
  ...ownMetrics,
  ...hostReceivers,
  otlpReceiver,
  statsdReceiver,
  batch,
];

/** The presets in the order in which the chart applies them, which decides the order in the pipelines. */
export const presetsOf = (mode: string): readonly Preset[] => (mode === 'daemonset' ? inDaemonSet : inDeployment);
