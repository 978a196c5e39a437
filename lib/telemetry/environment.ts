import type { k8s } from 'cdk8s-plus-27';
import { downwardVariables } from './downward-variables.ts';
import { resourceAttributes } from './resource-attributes.ts';

export const endpointVariable = 'OTEL_EXPORTER_OTLP_ENDPOINT';

/** Exactly the protocol that the collector's port 4317 speaks. */
const otlpProtocol = 'grpc';

/** The SDK's own default, set explicitly: span metrics count spans, so a sampler that drops some would undercount. */
const sampler = 'parentbased_always_on';

const versionVariable = 'SERVICE_VERSION';

export interface TelemetryEnvironmentProps {
  /** `service.name`. */
  readonly serviceName: string;
  /** `service.version`. */
  readonly serviceVersion: string;
  /** Name of the Deployment that owns the pod. */
  readonly deploymentName: string;
  /** Name of the container. */
  readonly containerName: string;
  /** Deployment environment, e.g. `production`. */
  readonly environment: string;
  /** ConfigMap whose key `OTEL_EXPORTER_OTLP_ENDPOINT` is the endpoint that spans are sent to. */
  readonly configMapName: string;
}

/**
 * Every variable that an OpenTelemetry SDK needs, in the order in which the kubelet can expand it.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function telemetryEnvironment(props: TelemetryEnvironmentProps): k8s.EnvVar[] {
  return [
    ...downwardVariables(),
    { name: 'OTEL_SERVICE_NAME', value: props.serviceName },
    { name: 'SERVICE_NAME', value: props.serviceName },
    { name: versionVariable, value: props.serviceVersion },
    { name: endpointVariable, valueFrom: { configMapKeyRef: { name: props.configMapName, key: endpointVariable } } },
    { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: otlpProtocol },
    { name: 'OTEL_TRACES_SAMPLER', value: sampler },
    { name: 'OTEL_RESOURCE_ATTRIBUTES', value: resourceAttributes({ ...props, versionVariable }) },
  ];
}
