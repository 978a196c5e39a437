import type { k8s } from 'cdk8s-plus-27';
import { downwardVariables } from './downward-variables.ts';

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
const sampler = { name: 'OTEL_TRACES_SAMPLER', value: 'parentbased_always_on' };

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

/** Holds the version of a service, for its program and for its resource attributes. */
export const versionVariable = 'SERVICE_VERSION';

interface SdkSettingsProps {
  /** @default false */
  readonly captureContent?: boolean;
  /** @default - 512 with `captureContent`, otherwise the SDK's own */
  readonly spanAttributeLimit?: number;
}

/**
 * Settings of the SDK that are the same for every pod.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function sdkSettings({ captureContent = false, spanAttributeLimit }: SdkSettingsProps = {}): k8s.EnvVar[] {
  const limit = spanAttributeLimit ?? (captureContent ? attributesWithContent : undefined);
  return [
    sampler,
    ...withoutHostAndProcess,
    ...(captureContent ? [{ name: 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT', value: 'true' }] : []),
    ...(limit === undefined ? [] : [{ name: 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', value: String(limit) }]),
  ];
}

/** Names of the variables that every container of a service has. */
export const telemetryVariables: readonly string[] = [
  ...downwardVariables().map(({ name }) => name),
  'OTEL_SERVICE_NAME',
  'SERVICE_NAME',
  versionVariable,
  endpointVariable,
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  ...sdkSettings().map(({ name }) => name),
  'OTEL_RESOURCE_ATTRIBUTES',
];
