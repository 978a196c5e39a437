import { documents, indented } from './manifests.ts';

export interface AgentProps {
  readonly namespace?: string;
  readonly name?: string;
  readonly kind?: 'DaemonSet' | 'Deployment';
  /** Whether its traces go to a span metrics connector. */
  readonly spanMetrics?: boolean;
  /** Exporters of traces besides. */
  readonly exporters?: string;
  /** Address that the receivers bind. */
  readonly host?: string;
  readonly hostPorts?: boolean;
  /** Whether another container runs beside it. */
  readonly sidecar?: boolean;
  /** `internalTrafficPolicy` of its Service; null for no Service. */
  readonly policy?: 'Local' | 'Cluster' | null;
  /** Further keys of the Service's spec. */
  readonly service?: string;
  readonly tls?: string;
  /** Further keys of the pod's metadata. */
  readonly metadata?: string;
}

/** A collector as manifests: ConfigMap, DaemonSet and Service, in this order. */
export function agent(props: AgentProps = {}): string {
  const { namespace = 'coralogix', name = 'agent', host = '0.0.0.0', policy = 'Local', kind = 'DaemonSet' } = props;
  const hostPort = (port: number) => (props.hostPorts === true ? `, hostPort: ${port}` : '');
  const isMetric = props.spanMetrics ?? true;
  const configuration = `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-config
  namespace: ${namespace}
data:
  relay: |
    receivers:
      otlp:
        protocols:
          grpc:
            endpoint: ${host}:4317
            tls: ${props.tls ?? '{}'}
          http:
            endpoint: ${host}:4318
    connectors:
      spanmetrics: {}
    exporters:
      coralogix: {}
    service:
      pipelines:
        traces:
          receivers: [otlp]
          exporters: [${[isMetric ? 'spanmetrics' : '', props.exporters ?? 'coralogix'].filter((id) => id !== '').join(', ')}]
        metrics:
          receivers: [${isMetric ? 'spanmetrics' : 'otlp'}]
          exporters: [coralogix]
`;
  const workload = `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
      ${indented(props.metadata ?? 'annotations: {checksum/config: "1"}', 6)}
    spec:
      containers:
        - name: collector
          image: otel/opentelemetry-collector-contrib:0.155.0
          ports:
            - {name: otlp, containerPort: 4317${hostPort(4317)}}
            - {name: otlp-http, containerPort: 4318${hostPort(4318)}}
${props.sidecar === true ? '        - {name: other, image: other:1, ports: [{containerPort: 1}]}\n' : ''}      volumes:
        - name: config
          configMap: {name: ${name}-config}
`;
  const service = `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  internalTrafficPolicy: ${policy}
  ${indented(props.service ?? 'type: ClusterIP', 2)}
  ports:
    - {name: otlp, port: 4317, targetPort: 4317}
    - {name: otlp-http, port: 4318, targetPort: otlp-http}
  selector:
    app: ${name}
`;
  return documents(configuration, workload, ...(policy === null ? [] : [service]));
}

/** Values of the chart, whose cluster collector is on unless they say otherwise. */
export const chartValues = (more = ''): string => `global:
  domain: eu2.coralogix.com
  clusterName: shop
${more}`;
