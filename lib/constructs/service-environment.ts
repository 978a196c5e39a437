import type { k8s } from 'cdk8s-plus-27';
import { resourceAnnotationPrefix } from '../instrument/annotations.ts';
import { defaultEndpoint, protocolVariable, withPortFor } from '../instrument/endpoint.ts';
import { applyPlan, type EnvEntry } from '../instrument/env-entry.ts';
import { podFields } from '../instrument/identity.ts';
import { planContainer } from '../instrument/plan-container.ts';
import { withVariableReferences } from '../telemetry/downward-variables.ts';
import { endpointKey, endpointVariable, sdkSettings, versionVariable } from '../telemetry/environment.ts';
import { attribute, workloadAttribute } from '../telemetry/resource-attributes.ts';
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
 * @throws Error when a key of the ConfigMap or the Secret does not exist, or a value is not read alike by all SDKs
 */
export function serviceEnvironment(props: InstrumentedServiceProps, configKeys: readonly string[]): k8s.EnvVar[] {
  const { secretKeys = [], env = {}, envFrom = [] } = props;
  const own = new Set([...configKeys, ...secretKeys, ...Object.keys(env)]);
  const telemetry = telemetryEnvironment(props).filter(({ name }) => !(own.has(name) && limits.has(name)));
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

/** What `podhost instrument` would add to the container, and the settings of SDKs, in the order of this project. */
function telemetryEnvironment(props: InstrumentedServiceProps): k8s.EnvVar[] {
  const entries = instrumentedEntries(props);
  const named = (name: string) => entries.filter((entry) => entry.name === name);
  const { captureContent, spanAttributeLimit } = props;
  return [
    ...podFields.flatMap(({ variable }) => named(variable)),
    ...named(nameVariable),
    ...named(nameVariable).map((entry) => ({ ...entry, name: 'SERVICE_NAME' })),
    ...named(versionVariable),
    ...named(endpointVariable),
    ...named(protocolVariable),
    ...sdkSettings({ captureContent, spanAttributeLimit }),
    ...named(attributesVariable).map(({ name, value = '' }) => ({ name, value: arranged(value) })),
  ];
}

const nameVariable = 'OTEL_SERVICE_NAME';
const attributesVariable = 'OTEL_RESOURCE_ATTRIBUTES';

function instrumentedEntries(props: InstrumentedServiceProps): readonly EnvEntry[] {
  const { name, kind = 'Deployment', protocol = 'grpc', config, resourceAttributes = {} } = props;
  const container = {
    name: containerNameOf(props),
    image: props.image,
    env: [{ name: versionVariable, value: props.version }],
  };
  const attributes = { ...resourceAttributes, [attribute.serviceName]: props.serviceName ?? name };
  const annotations = Object.entries(attributes).map(([key, value]) => [`${resourceAnnotationPrefix}${key}`, value]);
  const { plan, warnings } = planContainer({
    container,
    index: 0,
    owner: { apiVersion: '', kind, name, namespace: '', labels: {}, annotations: Object.fromEntries(annotations) },
    context: {
      endpoint: {
        url: withPortFor(defaultEndpoint.url, protocol),
        configMap: { name: config.name, key: endpointKey(protocol) },
        replaces: true,
      },
      environment: config.environment,
      protocol,
      versionVariable,
    },
    podLabels: {},
    isAlone: true,
    hasServiceLinks: false,
    isOnHostNetwork: props.pod?.['hostNetwork'] === true,
    hasCollector: false,
  });
  const unsafe = warnings.filter(({ code }) => code === 'unsafe-value');
  if (unsafe.length > 0) {
    throw new Error(`${name}: ${unsafe.map(({ message }) => message).join('; ')}`);
  }
  return applyPlan(container.env, plan);
}

/** Attributes that begin the value; all others follow in the order of the environment and the configuration. */
const leading: readonly string[] = [
  ...podFields.map(({ key }) => key),
  ...Object.values(workloadAttribute),
  attribute.containerName,
  attribute.serviceVersion,
  attribute.serviceInstanceId,
  attribute.deploymentEnvironment,
  attribute.deploymentEnvironmentName,
];

function arranged(attributes: string): string {
  const place = (pair: string) => {
    const at = leading.indexOf(pair.slice(0, pair.indexOf('=')));
    return at < 0 ? leading.length : at;
  };
  return attributes
    .split(',')
    .sort((a, b) => place(a) - place(b))
    .join(',');
}

function secretVariable({ name, secret }: InstrumentedServiceProps, key: string): k8s.EnvVar {
  if (secret === undefined) {
    throw new Error(`${name}: secretKeys names ${key}, but secret is not given`);
  }
  return secret.variable(key);
}
