import type { CollectorProps } from './collector-props.ts';
import { batch } from './components/batch.ts';
import { clusterName } from './components/cluster-name.ts';
import { cpuMetricNames } from './components/cpu-metric-names.ts';
import { healthCheck } from './components/health-check.ts';
import { hostMetricsReceiver } from './components/host-metrics-receiver.ts';
import { k8sAttributes } from './components/k8s-attributes.ts';
import { kubeletStatsReceiver } from './components/kubelet-stats-receiver.ts';
import { loadBalancingExporter } from './components/load-balancing-exporter.ts';
import { memoryLimiter } from './components/memory-limiter.ts';
import { otlpReceiver } from './components/otlp-receiver.ts';
import { ownTelemetry } from './components/own-telemetry.ts';
import { resourceDetection } from './components/resource-detection.ts';
import { semanticConventionBridge } from './components/semantic-convention-bridge.ts';
import { spanMetrics } from './components/span-metrics.ts';
import { spanNameRedaction } from './components/span-name-redaction.ts';
import { spanStatus } from './components/span-status.ts';
import { CollectorConfiguration } from './configuration.ts';
import { pipelineEnd } from './pipeline-end.ts';

/** Options of the agent beside those of every collector. */
export interface AgentProps extends CollectorProps {
  /** Dimensions of the span metrics, those of the chart included. */
  readonly dimensions: readonly string[];
  /** Whether spans go to the gateway, where traces are sampled, rather than straight to Coralogix. */
  readonly loadBalancing: boolean;
}

/** The collector on every node: receives, enriches and counts spans, and reads the node and its pods. */
export function agentConfiguration(props: AgentProps): CollectorConfiguration {
  const otlp = otlpReceiver();
  const spanCounts = spanMetrics(props.dimensions);
  const batches = batch();
  const enrich = [memoryLimiter(), resourceDetection(), clusterName(props.clusterName), k8sAttributes('node')];
  const coralogix = pipelineEnd(props.export);
  return new CollectorConfiguration({
    name: 'agent',
    extensions: [healthCheck()],
    telemetry: ownTelemetry(),
    pipelines: [
      {
        id: 'traces',
        receivers: [otlp],
        processors: [
          ...enrich,
          spanNameRedaction(),
          semanticConventionBridge(),
          ...(props.loadBalancing ? [] : coralogix.processors),
          batches,
        ],
        exporters: [spanCounts, props.loadBalancing ? loadBalancingExporter() : coralogix.exporter],
      },
      {
        id: 'metrics',
        receivers: [otlp, hostMetricsReceiver(), kubeletStatsReceiver(), spanCounts],
        processors: [...enrich, cpuMetricNames(), spanStatus(), ...coralogix.processors, batches],
        exporters: [coralogix.exporter],
      },
    ],
  });
}
