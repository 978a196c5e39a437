import { k8s } from 'cdk8s-plus-27';
import { escapeVariableReferences } from '../telemetry/downward-variables.ts';
import { telemetryEnvironment } from '../telemetry/environment.ts';
import type { InstrumentedServiceProps } from './instrumented-service-props.ts';
import { defaultResources, resourceRequirements } from './resources.ts';
import { restrictedContainer } from './restricted-pod.ts';

/** Name of the one port, for the probes and the Service. */
export const portName = 'http';

/** What the variables of a service may say otherwise. */
const limits = new Set<string>([
  'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
  'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT',
]);

/**
 * The container of an instrumented service: telemetry first, so that what follows may refer to it.
 *
 * @throws Error when a key of the ConfigMap or the Secret does not exist
 */
export function instrumentedContainer(props: InstrumentedServiceProps, configKeys: readonly string[]): k8s.Container {
  const own = new Set([...configKeys, ...(props.secretKeys ?? []), ...Object.keys(props.env ?? {})]);
  const httpGet = { path: props.healthPath ?? '/health', port: k8s.IntOrString.fromString(portName) };
  return {
    name: props.name,
    image: props.image,
    imagePullPolicy: props.imagePullPolicy ?? 'IfNotPresent',
    ports: [{ name: portName, containerPort: props.port }],
    env: [
      ...telemetryEnvironment({
        serviceName: props.name,
        serviceVersion: props.version,
        deploymentName: props.name,
        containerName: props.name,
        environment: props.config.environment,
        configMapName: props.config.name,
        protocol: props.protocol,
        captureContent: props.captureContent,
        spanAttributeLimit: props.spanAttributeLimit,
      }).filter(({ name }) => !(own.has(name) && limits.has(name))),
      ...configKeys.map((key) => props.config.variable(key)),
      ...(props.secretKeys ?? []).map((key) => secretVariable(props, key)),
      ...Object.entries(props.env ?? {}).map(([name, value]) => ({ name, value: escapeVariableReferences(value) })),
    ],
    // A slow start must not count as a failure: two minutes before the liveness probe begins.
    startupProbe: { httpGet, periodSeconds: 2, failureThreshold: 60 },
    readinessProbe: { httpGet, periodSeconds: 5, timeoutSeconds: 3 },
    livenessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 3 },
    resources: resourceRequirements(props.resources ?? defaultResources),
    securityContext: restrictedContainer(props.readOnlyRootFilesystem ?? true),
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      ...(props.volumes ?? []).map(({ name, mountPath }) => ({ name, mountPath })),
    ],
  };
}

function secretVariable({ name, secret }: InstrumentedServiceProps, key: string): k8s.EnvVar {
  if (secret === undefined) {
    throw new Error(`${name}: secretKeys names ${key}, but secret is not given`);
  }
  return secret.variable(key);
}
