import type { k8s } from 'cdk8s-plus-27';
import { downwardVariables } from './downward-variables.ts';
import { resourceAttributes, type workloadAttribute } from './resource-attributes.ts';

export const endpointVariable = 'OTEL_EXPORTER_OTLP_ENDPOINT';

/** The key of the ConfigMap with the endpoint for `http/protobuf`. */
export const httpEndpointKey = 'OTEL_EXPORTER_OTLP_HTTP_ENDPOINT';

export const otlpProtocols = ['grpc', 'http/protobuf'] as const;
export type OtlpProtocol = (typeof otlpProtocols)[number];

/** The key of the ConfigMap with the endpoint whose port takes this protocol. */
export const endpointKey = (protocol: OtlpProtocol = 'grpc'): string =>
  protocol === 'grpc' ? endpointVariable : httpEndpointKey;

/** What a span with the content of messages needs; the SDK's own limit is 128. */
const attributesWithContent = 512;

/** The SDK's own default, set explicitly: span metrics count spans, so a sampler that drops some would undercount. */
const sampler = 'parentbased_always_on';

/**
 * Detectors that set `host.name` to the pod's name, which hides the node, and a process id that begins new series at each
 * start. Node.js: none but the environment. Java agent: these two.
 */
const withoutHostAndProcess = [
  { name: 'OTEL_NODE_RESOURCE_DETECTORS', value: 'env' },
  {
    name: 'OTEL_JAVA_DISABLED_RESOURCE_PROVIDERS',
    value: ['Host', 'Process']
      .map((kind) => `io.opentelemetry.instrumentation.resources.${kind}ResourceProvider`)
      .join(),
  },
];

const versionVariable = 'SERVICE_VERSION';

interface TelemetryEnvironmentProps {
  /** `service.name`. */
  readonly serviceName: string;
  /** `service.version`. */
  readonly serviceVersion: string;
  /** Name of the Deployment that owns the pod, or of the workload of `workloadKind`. */
  readonly deploymentName: string;
  /** @default Deployment */
  readonly workloadKind?: keyof typeof workloadAttribute;
  /** Name of the container. */
  readonly containerName: string;
  /** Deployment environment, e.g. `production`. */
  readonly environment: string;
  /** ConfigMap whose key for the protocol is the endpoint that spans are sent to. */
  readonly configMapName: string;
  /** @default grpc */
  readonly protocol?: OtlpProtocol;
  /** @default false */
  readonly captureContent?: boolean;
  /** @default - 512 with `captureContent`, otherwise the SDK's own */
  readonly spanAttributeLimit?: number;
  /** @default - none */
  readonly resourceAttributes?: Readonly<Record<string, string>>;
}

/**
 * Every variable that an OpenTelemetry SDK needs, in the order in which the kubelet can expand it.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function telemetryEnvironment(props: TelemetryEnvironmentProps): k8s.EnvVar[] {
  const { protocol = 'grpc', captureContent = false } = props;
  const limit = props.spanAttributeLimit ?? (captureContent ? attributesWithContent : undefined);
  const key = endpointKey(protocol);
  return [
    ...downwardVariables(),
    { name: 'OTEL_SERVICE_NAME', value: props.serviceName },
    { name: 'SERVICE_NAME', value: props.serviceName },
    { name: versionVariable, value: props.serviceVersion },
    { name: endpointVariable, valueFrom: { configMapKeyRef: { name: props.configMapName, key } } },
    { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: protocol },
    { name: 'OTEL_TRACES_SAMPLER', value: sampler },
    ...withoutHostAndProcess,
    ...(captureContent ? [{ name: 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT', value: 'true' }] : []),
    ...(limit === undefined ? [] : [{ name: 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', value: String(limit) }]),
    { name: 'OTEL_RESOURCE_ATTRIBUTES', value: resourceAttributes({ ...props, versionVariable }) },
  ];
}
