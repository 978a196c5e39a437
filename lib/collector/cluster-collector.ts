import type { CollectorProps } from './collector-props.ts';
import { batch } from './components/batch.ts';
import { clusterName } from './components/cluster-name.ts';
import { healthCheck } from './components/health-check.ts';
import { k8sClusterReceiver } from './components/k8s-cluster-receiver.ts';
import { k8sEventsReceiver } from './components/k8s-events-receiver.ts';
import { memoryLimiter } from './components/memory-limiter.ts';
import { ownTelemetry } from './components/own-telemetry.ts';
import { CollectorConfiguration } from './configuration.ts';
import { pipelineEnd } from './pipeline-end.ts';

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
