import { subChart } from '../names.ts';

/**
 * Names that the chart `otel-integration` 0.0.331 installs the chart `opentelemetry-collector` under, in its order.
 *
 * @see https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/Chart.yaml
 */
export const collectorAliases: readonly string[] = [
  subChart.agent,
  'opentelemetry-agent-windows',
  subChart.clusterCollector,
  'opentelemetry-receiver',
  subChart.gateway,
  'opentelemetry-agent-eks-fargate',
  'opentelemetry-agent-eks-fargate-monitoring',
  'opentelemetry-ebpf-profiler',
];

/** Its sub-charts that are no collector. */
export const otherSubCharts: readonly string[] = [
  'opentelemetry-autoinstrumentation',
  'coralogix-ebpf-profiler',
  'opentelemetry-ebpf-instrumentation',
  'coralogix-operator',
];

/** All of its sub-charts. */
export const subChartNames: readonly string[] = [...collectorAliases, ...otherSubCharts];

/** Every top-level key that it reads; `tags` is Helm's own. Without a schema it ignores all others. */
export const umbrellaKeys: readonly string[] = ['global', 'distribution', 'tags', ...subChartNames];

/** Keys below `global` that its templates and those of the collectors read. It ignores all others. */
export const globalKeys: readonly string[] = [
  'domain',
  'clusterName',
  'deploymentEnvironmentName',
  'defaultApplicationName',
  'defaultSubsystemName',
  'additionalEndpoints',
  'collectionInterval',
  'logLevel',
  'version',
  'extensions',
];
