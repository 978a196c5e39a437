import type { TailSamplingPolicy } from '../chart/values/otel-integration-values.ts';
import { loadBalancingExporter, pipelineEnd } from './components/exporters.ts';
import { healthCheck, ownTelemetry } from './components/own-telemetry.ts';
import {
  batch,
  clusterName,
  k8sAttributes,
  memoryLimiter,
  resourceDetection,
  tailSampling,
} from './components/processors.ts';
import {
  hostMetricsReceiver,
  k8sClusterReceiver,
  k8sEventsReceiver,
  kubeletStatsReceiver,
  otlpReceiver,
} from './components/receivers.ts';
import { spanMetrics } from './components/span-metrics.ts';
import {
  cpuMetricNames,
  semanticConventionBridge,
  spanNameRedaction,
  spanStatus,
} from './components/transformations.ts';
import { CollectorConfiguration, type CollectorProps } from './configuration.ts';

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

/** The one collector that reads the API server: metrics of the cluster's workloads and nodes, and its events. */
export function clusterCollectorConfiguration(props: CollectorProps): CollectorConfiguration {
  const coralogix = pipelineEnd(props.export);
  const processors = [memoryLimiter(), clusterName(props.clusterName), ...coralogix.processors, batch()];
  const exporters = [coralogix.exporter];
  return new CollectorConfiguration({
    name: 'cluster collector',
    extensions: [healthCheck()],
    telemetry: ownTelemetry(),
    pipelines: [
      { id: 'metrics', receivers: [k8sClusterReceiver()], processors, exporters },
      { id: 'logs', receivers: [k8sEventsReceiver()], processors, exporters },
    ],
  });
}

export interface GatewayProps extends CollectorProps {
  /** Policies of the `tail_sampling` processor. */
  readonly policies: readonly TailSamplingPolicy[];
}

/** The collector that sees whole traces and decides which are kept. The agents have enriched and counted them. */
export function gatewayConfiguration(props: GatewayProps): CollectorConfiguration {
  const { processors, exporter } = pipelineEnd(props.export);
  return new CollectorConfiguration({
    name: 'gateway',
    extensions: [healthCheck()],
    telemetry: ownTelemetry(),
    pipelines: [
      {
        id: 'traces',
        receivers: [otlpReceiver()],
        processors: [memoryLimiter(), tailSampling(props.policies), ...processors, batch()],
        exporters: [exporter],
      },
    ],
  });
}
