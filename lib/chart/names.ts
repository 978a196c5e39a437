/**
 * Names that the chart `otel-integration` fixes, whatever the release is called.
 *
 * @see https://github.com/coralogix/telemetry-shippers/tree/master/otel-integration/k8s-helm
 */

/** The charts whose values are known. */
export type ChartName = 'otel-integration' | 'opentelemetry-collector';

/** The chart, at the version whose values and templates this project knows. */
export const otelIntegrationChart = {
  name: 'otel-integration',
  version: '0.0.331',
  /** Version of its dependency `opentelemetry-collector`, which all of its collectors are. */
  collectorVersion: '0.135.4',
  /** Version of the collector that this one runs. */
  appVersion: '0.155.0',
  /** Name under which the README adds the Helm repository. */
  repositoryAlias: 'coralogix',
  repositoryUrl: 'https://cgx.jfrog.io/artifactory/coralogix-charts-virtual',
  /** What `helm upgrade --install RELEASE` is given. */
  reference: 'coralogix/otel-integration',
} as const;

/** The sub-charts that the project configures; any other top-level key of the values is none of theirs. */
export const subChart = {
  agent: 'opentelemetry-agent',
  clusterCollector: 'opentelemetry-cluster-collector',
  gateway: 'opentelemetry-gateway',
} as const;

/** Services in the namespace of the release. */
export const collectorService = {
  /** Leads to the agent on the caller's own node, which makes the span metrics. */
  agent: 'coralogix-opentelemetry',
  /** One for the whole cluster: enriches, but makes no span metrics. */
  clusterCollector: 'coralogix-opentelemetry-collector',
  /** Headless; receives from the agents whole traces to sample. */
  gateway: 'coralogix-opentelemetry-gateway',
} as const;

/** Name of the DaemonSet of the agents in the chart and the manifests. */
export const agentName = 'coralogix-opentelemetry-agent';

/** The Secret with the Send-Your-Data key, in the namespace of the release. */
export const collectorSecret = { name: 'coralogix-keys', key: 'PRIVATE_KEY' } as const;

/** The variable that the chart takes that key from. */
export const collectorKeyVariable = 'CORALOGIX_PRIVATE_KEY';

/** @see https://opentelemetry.io/docs/specs/otlp/ */
export const otlpPort = { grpc: 4317, http: 4318 } as const;
