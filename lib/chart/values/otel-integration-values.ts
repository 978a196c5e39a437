import type { subChart } from '../names.ts';
import type { AgentValues } from './agent-values.ts';
import type { ClusterCollectorValues } from './cluster-collector-values.ts';
import type { GatewayValues } from './gateway-values.ts';
import type { GlobalValues } from './global-values.ts';

/**
 * The part of the chart's values that this project writes. The chart ignores a top-level key that it does not know,
 * and a sub-chart refuses one.
 *
 * @see https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/values.yaml
 */
export interface OtelIntegrationValues {
  readonly global: GlobalValues;
  readonly [subChart.agent]?: AgentValues;
  readonly [subChart.clusterCollector]?: ClusterCollectorValues;
  readonly [subChart.gateway]?: GatewayValues;
}
