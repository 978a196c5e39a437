import { k8s } from 'cdk8s-plus-27';
import type { ProbeConfig, VariableValue } from '../config/schema/containers.ts';
import { volumeSources } from '../config/schema/containers.ts';
import type { SystemConfig } from '../config/schema/system.ts';
import { type ServiceConfig, workloadKinds } from '../config/schema/workloads.ts';
import { type Mapping, textAt, valueAt } from '../yaml/value.ts';
import type { InstrumentedServiceProps, ServiceProbes } from './instrumented-service-props.ts';
import type { ServicePortProps, ServiceVolume } from './service-extent.ts';
import { portsOf, targetPortOf } from './service-ports.ts';

/** What the rest of the system gives a service. */
type Given = 'partOf' | 'config' | 'secret';

/** Id of the chart of a service. */
export const serviceChart = (name: string): string => `30-${name}`;

/**
 * The properties of the construct for one entry of `services`.
 *
 * @param addressOf what a reference to a service or a datastore stands for; of other values nothing
 */
export function serviceProps(
  service: ServiceConfig,
  { serviceDefaults }: SystemConfig,
  addressOf: (value: Exclude<VariableValue, string>) => string | undefined,
): Omit<InstrumentedServiceProps, Given> {
  const all = { ...serviceDefaults, ...service };
  const { securityContext: _, kind, env, envFrom, volumes, probes, ...own } = all;
  const ports = portsOf({ ...own, probes: serviceProbes(probes, []) });
  return {
    ...own,
    ...serviceDefaults.securityContext,
    ...service.securityContext,
    kind: workloadKinds[kind],
    volumes: volumes.map(serviceVolume),
    probes: serviceProbes(probes, ports),
    env: Object.fromEntries(
      Object.entries(env).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : (addressOf(value) ?? variableSource(value)),
      ]),
    ),
    envFrom: envFrom?.map(environmentSource),
    pod: podOf(all),
  };
}

function serviceVolume({
  name,
  mountPath,
  subPath,
  readOnly,
  claim,
  ...sources
}: ServiceConfig['volumes'][number]): ServiceVolume {
  const [kind] = Object.keys(volumeSources).filter((key) => valueAt(sources, key) !== undefined);
  return {
    name,
    mountPath,
    subPath,
    readOnly,
    claim,
    ...(kind === undefined ? {} : { source: { [kind]: valueAt(sources, kind) } }),
  };
}

/** Fields of the pod that are written as Kubernetes has them. */
function podOf(service: ServiceConfig): Mapping {
  const fields = {
    affinity: service.affinity,
    containers: service.sidecars,
    imagePullSecrets: service.imagePullSecrets?.map((secret) => ({ name: secret })),
    initContainers: service.initContainers,
    nodeSelector: service.nodeSelector,
    terminationGracePeriodSeconds: service.terminationGracePeriodSeconds,
    tolerations: service.tolerations,
    topologySpreadConstraints: service.topologySpreadConstraints,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A source of a variable as the typed API has it. */
function variableSource(value: Mapping): k8s.EnvVarSource {
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = value;
  if (fieldRef !== undefined) {
    const apiVersion = textAt(fieldRef, 'apiVersion');
    return { fieldRef: { fieldPath: textAt(fieldRef, 'fieldPath') ?? '', apiVersion } };
  }
  if (resourceFieldRef !== undefined) {
    const divisor = textAt(resourceFieldRef, 'divisor');
    return {
      resourceFieldRef: {
        resource: textAt(resourceFieldRef, 'resource') ?? '',
        containerName: textAt(resourceFieldRef, 'containerName'),
        divisor: divisor === undefined ? undefined : k8s.Quantity.fromString(divisor),
      },
    };
  }
  return secretKeyRef === undefined
    ? { configMapKeyRef: keyOf(configMapKeyRef) }
    : { secretKeyRef: keyOf(secretKeyRef) };
}

const keyOf = (reference: unknown) => ({
  key: textAt(reference, 'key') ?? '',
  name: textAt(reference, 'name'),
  optional: flagAt(reference, 'optional'),
});

const flagAt = (value: unknown, key: string): boolean | undefined => {
  const found = valueAt(value, key);
  return typeof found === 'boolean' ? found : undefined;
};

const environmentSource = (source: Mapping): k8s.EnvFromSource => ({
  prefix: textAt(source, 'prefix'),
  ...(source['configMapRef'] === undefined ? {} : { configMapRef: objectOf(source['configMapRef']) }),
  ...(source['secretRef'] === undefined ? {} : { secretRef: objectOf(source['secretRef']) }),
});

const objectOf = (reference: unknown) => ({
  name: textAt(reference, 'name'),
  optional: flagAt(reference, 'optional'),
});

/** @param ports ports of the service: the first one is asked where a probe names none */
function serviceProbes(probes: ServiceConfig['probes'] = {}, ports: readonly ServicePortProps[]): ServiceProbes {
  const { startup, readiness, liveness } = probes;
  return {
    ...(startup === undefined ? {} : { startup: serviceProbe(startup, ports) }),
    ...(readiness === undefined ? {} : { readiness: serviceProbe(readiness, ports) }),
    ...(liveness === undefined ? {} : { liveness: serviceProbe(liveness, ports) }),
  };
}

function serviceProbe(probe: ProbeConfig, ports: readonly ServicePortProps[]): k8s.Probe | 'none' {
  switch (probe.type) {
    case 'none':
      return 'none';
    case 'http': {
      const { type, path, port, scheme, headers, ...timing } = probe;
      const httpHeaders = Object.entries(headers).map(([name, value]) => ({ name, value }));
      return {
        httpGet: {
          path,
          port: probedPort(port, ports),
          scheme,
          httpHeaders: httpHeaders.length === 0 ? undefined : httpHeaders,
        },
        ...timing,
      };
    }
    case 'grpc': {
      const { type, port, service, ...timing } = probe;
      const named = ports.find(({ name }) => name === port) ?? ports[0];
      const number = /^\d+$/.test(port ?? '') ? Number(port) : named === undefined ? 0 : targetPortOf(named);
      return { grpc: { port: number, service }, ...timing };
    }
    case 'tcp': {
      const { type, port, ...timing } = probe;
      return { tcpSocket: { port: probedPort(port, ports) }, ...timing };
    }
    case 'exec': {
      const { type, command, ...timing } = probe;
      return { exec: { command }, ...timing };
    }
  }
}

const probedPort = (written: string | undefined, [first]: readonly ServicePortProps[]): k8s.IntOrString =>
  /^\d+$/.test(written ?? '')
    ? k8s.IntOrString.fromNumber(Number(written))
    : k8s.IntOrString.fromString(written ?? first?.name ?? '');
