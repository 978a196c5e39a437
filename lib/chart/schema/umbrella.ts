import { subChart } from '../names.ts';

/**
 * Names that the chart `otel-integration` 0.0.331 installs the chart `opentelemetry-collector` under.
 *
 * @see https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/Chart.yaml
 */
export const collectorAliases: readonly string[] = [
  ...Object.values(subChart),
  'opentelemetry-receiver',
  'opentelemetry-agent-windows',
  'opentelemetry-agent-eks-fargate',
  'opentelemetry-agent-eks-fargate-monitoring',
  'opentelemetry-ebpf-profiler',
];

/** Its sub-charts that are no collector. */
export const otherSubCharts: readonly string[] = [
  'coralogix-operator',
  'coralogix-ebpf-profiler',
  'opentelemetry-autoinstrumentation',
  'opentelemetry-ebpf-instrumentation',
];

/** Every top-level key that it reads; `tags` is Helm's own. Without a schema it ignores all others. */
export const umbrellaKeys: readonly string[] = [
  'global',
  'distribution',
  'tags',
  ...collectorAliases,
  ...otherSubCharts,
];

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
