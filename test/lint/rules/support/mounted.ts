import { documents, indented } from './manifests.ts';

export interface MountedProps {
  /** The collector's configuration; it begins in line 8, column 5. */
  readonly config: string;
  readonly name?: string;
  readonly kind?: string;
  readonly namespace?: string;
  /** Further keys of the pod's spec, and of its container, as YAML. */
  readonly pod?: string;
  readonly container?: string;
}

/** A collector as manifests: a ConfigMap with its configuration, a workload that mounts it, and a Service for it. */
export function mounted({ config, name = 'agent', kind = 'DaemonSet', namespace = 'otel', ...more }: MountedProps) {
  return documents(
    `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-config
  namespace: ${namespace}
data:
  relay: |
    ${indented(config, 4)}
`,
    `apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      ${indented(more.pod ?? 'enableServiceLinks: false', 6)}
      containers:
        - name: collector
          image: otel/opentelemetry-collector-contrib:0.155.0
          ${indented(more.container ?? 'env: [{ name: CORALOGIX_PRIVATE_KEY, value: x }]', 10)}
      volumes:
        - name: config
          configMap: { name: ${name}-config }
`,
    `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { clusterIP: None, selector: { app: ${name} }, ports: [{ port: 4317 }] }
`,
  );
}

export interface PipelinesProps {
  readonly processors?: string;
  readonly exporters?: string;
  readonly connectors?: string;
  /** What the processors and exporters are told, as YAML. */
  readonly settings?: string;
  /** Receivers of metrics. */
  readonly metrics?: string;
}

/** A configuration that makes span metrics behind k8sattributes. */
export const countingSpans = (props: PipelinesProps = {}): string => `receivers:
  otlp: { protocols: { grpc: { endpoint: 0.0.0.0:4317 } } }
connectors:
  ${indented(props.connectors ?? 'spanmetrics: { namespace: "" }', 2)}
${(props.settings ?? exporter).trim()}
service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [${props.processors ?? 'k8sattributes'}]
      exporters: [${props.exporters ?? 'spanmetrics, coralogix'}]
    metrics:
      receivers: [${props.metrics ?? (props.exporters?.includes('spanmetrics') === false ? 'otlp' : 'spanmetrics')}]
      exporters: [coralogix]
${definitions(props)}`;

const exporter =
  'exporters: { coralogix: { domain: eu2.coralogix.com, private_key: x, application_name: shop, subsystem_name: api } }';

/** What the pipelines name and the settings do not configure, behind all lines that tests name. */
function definitions({ settings, processors = 'k8sattributes' }: PipelinesProps): string {
  const isThere = (section: string) => new RegExp(`^${section}:`, 'm').test(settings ?? '');
  const ids = processors.split(/, ?/).filter((id) => id !== '');
  return [
    ...(settings === undefined || isThere('exporters') ? [] : [exporter]),
    ...(isThere('processors') ? [] : [`processors: { ${ids.map((id) => `${id}: {}`).join(', ')} }`]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
