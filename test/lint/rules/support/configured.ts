import { chartValues } from './collectors.ts';
import { indented } from './manifests.ts';
import { type MountedProps, mounted } from './mounted.ts';

/** Processors and exporters of a configuration in which nothing is wrong, as YAML. */
export interface ConfigurationProps {
  readonly receivers?: string;
  readonly processors?: string;
  readonly connectors?: string;
  readonly exporters?: string;
  readonly extensions?: string;
  /** What stands below `service`, beside the pipelines. */
  readonly service?: string;
  readonly pipelines?: string;
}

/** A configuration of one's own that counts and exports enriched spans, with parts in place of its own. */
export const configuration = (props: ConfigurationProps = {}): string => `receivers:
  ${indented(props.receivers ?? 'otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } }', 2)}
processors:
  ${indented(props.processors ?? soundProcessors, 2)}
connectors:
  ${indented(props.connectors ?? soundConnectors, 2)}
exporters:
  ${indented(props.exporters ?? soundExporters, 2)}
extensions:
  ${indented(props.extensions ?? 'health_check: { endpoint: "0.0.0.0:13133" }', 2)}
service:
  ${indented(props.service ?? 'extensions: [health_check]', 2)}
  pipelines:
    ${indented(props.pipelines ?? soundPipelines, 4)}
`;

export const soundProcessors = `memory_limiter: { check_interval: 5s, limit_percentage: 80, spike_limit_percentage: 25 }
k8sattributes: {}
batch: {}`;

export const soundConnectors = `spanmetrics:
  namespace: ""
  aggregation_cardinality_limit: 100000
  histogram: { unit: ms }
  dimensions:
    - { name: http.method }
    - { name: http.response.status_code }
    - { name: db.system }
    - { name: db.namespace }
    - { name: db.operation.name }
    - { name: db.collection.name }`;

export const soundExporters =
  'coralogix: { domain: eu2.coralogix.com, private_key: "${env:KEY}", application_name: a, subsystem_name: b }';

/** The pipelines of such a configuration, with the processors of its traces. */
export const pipelinesWith = (processors: string, exporters = 'spanmetrics, coralogix'): string =>
  `traces: { receivers: [otlp], processors: [${processors}], exporters: [${exporters}] }
metrics: { receivers: [spanmetrics], processors: [memory_limiter, batch], exporters: [coralogix] }`;

const soundPipelines = pipelinesWith('memory_limiter, k8sattributes, batch');

/** The configuration as a rendered ConfigMap, with the workload that mounts it. */
export const rendered = (props: ConfigurationProps = {}, around: Omit<MountedProps, 'config'> = {}): string =>
  mounted({ config: configuration(props), ...around });

/** Values of the chart, with these of the agent. */
export const agentValues = (values: string): string => chartValues(`opentelemetry-agent:\n  ${indented(values, 2)}\n`);
