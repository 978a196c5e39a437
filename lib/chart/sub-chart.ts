import type { Tier } from '../model/collector/collector.ts';
import type { Mapping } from '../yaml/value.ts';
import { agentDefaults } from './defaults/agent-defaults.ts';
import { clusterCollectorDefaults } from './defaults/cluster-collector-defaults.ts';
import { gatewayDefaults } from './defaults/gateway-defaults.ts';
import { fargateDefaults, fargateMonitoringDefaults, profilerDefaults } from './defaults/rare-defaults.ts';
import { receiverDefaults } from './defaults/receiver-defaults.ts';
import { subChart } from './names.ts';

/** One use of the chart `opentelemetry-collector`. */
export interface SubChart {
  /** The chart's name there, which is also the key of its values. */
  readonly alias: string;
  /** For messages. */
  readonly title: string;
  /** Undefined where it shows in what it is configured to do. */
  readonly tier: Tier | undefined;
  readonly enabledByDefault: boolean;
  /** What `otel-integration` has for it. */
  readonly defaults: Mapping;
}

/** The plain chart, installed on its own. */
export const plainChart: SubChart = {
  alias: 'opentelemetry-collector',
  title: 'collector',
  tier: undefined,
  enabledByDefault: true,
  defaults: {},
};

/**
 * The collectors that `otel-integration` 0.0.331 may install.
 *
 * @see https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/values.yaml
 */
export const subCharts: readonly SubChart[] = [
  collector(subChart.agent, 'agent', agentDefaults, true),
  collector('opentelemetry-agent-windows', 'agent', {}),
  collector(subChart.clusterCollector, 'cluster-collector', clusterCollectorDefaults, true),
  collector('opentelemetry-receiver', 'other', receiverDefaults),
  collector(subChart.gateway, 'gateway', gatewayDefaults),
  collector('opentelemetry-agent-eks-fargate', 'other', fargateDefaults),
  collector('opentelemetry-agent-eks-fargate-monitoring', 'other', fargateMonitoringDefaults),
  collector('opentelemetry-ebpf-profiler', 'other', profilerDefaults),
];

function collector(alias: string, tier: Tier, defaults: Mapping, enabledByDefault = false): SubChart {
  return { alias, title: alias.replace('opentelemetry-', '').replaceAll('-', ' '), tier, enabledByDefault, defaults };
}
