import { k8s } from 'cdk8s-plus-27';
import type { InstrumentedServiceProps, ServiceProbes } from './instrumented-service-props.ts';
import { resourceRequirements } from './resources.ts';
import { restrictedContainer } from './restricted-pod.ts';
import { serviceEnvironment } from './service-environment.ts';
import { containerNameOf, containerPortsOf, portsOf } from './service-ports.ts';

/** Whether the image's own files cannot be written. */
export const isReadOnly = ({ readOnlyRootFilesystem, hardened }: InstrumentedServiceProps): boolean =>
  readOnlyRootFilesystem ?? hardened ?? false;

/**
 * The container of an instrumented service.
 *
 * @throws Error when a key of the ConfigMap or the Secret does not exist
 */
export function instrumentedContainer(props: InstrumentedServiceProps, configKeys: readonly string[]): k8s.Container {
  const ports = portsOf(props);
  const mounts = [
    ...(mountsTemporaryFolder(props) ? [{ name: 'tmp', mountPath: '/tmp' }] : []),
    ...(props.volumes ?? []).flatMap(({ name, mountPath, subPath, readOnly }) =>
      mountPath === undefined ? [] : [{ name, mountPath, subPath, readOnly }],
    ),
  ];
  return {
    name: containerNameOf(props),
    image: props.image,
    imagePullPolicy: props.imagePullPolicy ?? 'IfNotPresent',
    command: props.command === undefined ? undefined : [...props.command],
    args: props.args === undefined ? undefined : [...props.args],
    workingDir: props.workingDirectory,
    ports: ports.length === 0 ? undefined : containerPortsOf(ports),
    env: serviceEnvironment(props, configKeys),
    envFrom: props.envFrom === undefined ? undefined : [...props.envFrom],
    ...probesOf(props, ports[0]?.name),
    resources: resourceRequirements(props.resources),
    securityContext: containerSecurity(props),
    volumeMounts: mounts.length === 0 ? undefined : mounts,
  };
}

/** Whether `/tmp` is a volume, because nothing else could be written. */
export const mountsTemporaryFolder = (props: InstrumentedServiceProps): boolean =>
  isReadOnly(props) || (props.hardened ?? false);

function containerSecurity(props: InstrumentedServiceProps): k8s.SecurityContext | undefined {
  if (props.hardened === true) {
    return restrictedContainer(isReadOnly(props));
  }
  return isReadOnly(props) ? { readOnlyRootFilesystem: true } : undefined;
}

/** The probes that are given; of the others, HTTP at the path of the health check, or none. */
function probesOf({ healthPath, probes = {} }: InstrumentedServiceProps, port: string | undefined) {
  const httpGet =
    healthPath === undefined || port === undefined
      ? undefined
      : { path: healthPath, port: k8s.IntOrString.fromString(port) };
  const given = (name: keyof ServiceProbes, timing: k8s.Probe): k8s.Probe | undefined => {
    const probe = probes[name];
    if (probe !== undefined) {
      return probe === 'none' ? undefined : probe;
    }
    return httpGet === undefined ? undefined : { httpGet, ...timing };
  };
  return {
    // A slow start must not count as a failure: two minutes before the liveness probe begins.
    startupProbe: given('startup', { periodSeconds: 2, failureThreshold: 60 }),
    readinessProbe: given('readiness', { periodSeconds: 5, timeoutSeconds: 3 }),
    livenessProbe: given('liveness', { periodSeconds: 10, timeoutSeconds: 3 }),
  };
}
