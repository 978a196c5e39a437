import type { k8s } from 'cdk8s-plus-27';
import { withVariableReferences } from '../telemetry/downward-variables.ts';
import { telemetryEnvironment } from '../telemetry/environment.ts';
import type { InstrumentedServiceProps } from './instrumented-service-props.ts';
import { containerNameOf } from './service-ports.ts';

/** What the variables of a service may set otherwise. */
const limits = new Set<string>([
  'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
  'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT',
]);

/**
 * The environment of a service's container: telemetry first, so that what follows may refer to it.
 *
 * @throws Error when a key of the ConfigMap or the Secret does not exist
 */
export function serviceEnvironment(props: InstrumentedServiceProps, configKeys: readonly string[]): k8s.EnvVar[] {
  const { secretKeys = [], env = {}, envFrom = [] } = props;
  const own = new Set([...configKeys, ...secretKeys, ...Object.keys(env)]);
  const telemetry = telemetryEnvironment({
    serviceName: props.serviceName ?? props.name,
    serviceVersion: props.version,
    deploymentName: props.name,
    workloadKind: props.kind,
    containerName: containerNameOf(props),
    environment: props.config.environment,
    configMapName: props.config.name,
    protocol: props.protocol,
    captureContent: props.captureContent,
    spanAttributeLimit: props.spanAttributeLimit,
    resourceAttributes: props.resourceAttributes,
  }).filter(({ name }) => !(own.has(name) && limits.has(name)));
  const before: k8s.EnvVar[] = [
    ...telemetry,
    ...configKeys.map((key) => props.config.variable(key)),
    ...secretKeys.map((key) => secretVariable(props, key)),
  ];
  const known = new Set(before.map(({ name }) => name));
  const isKnown = (name: string) => known.has(name) || envFrom.length > 0;
  for (const [name, value] of Object.entries(env)) {
    before.push(
      typeof value === 'string' ? { name, value: withVariableReferences(value, isKnown) } : { name, valueFrom: value },
    );
    known.add(name);
  }
  return before;
}

function secretVariable({ name, secret }: InstrumentedServiceProps, key: string): k8s.EnvVar {
  if (secret === undefined) {
    throw new Error(`${name}: secretKeys names ${key}, but secret is not given`);
  }
  return secret.variable(key);
}
