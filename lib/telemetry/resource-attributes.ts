import { downwardVariable, variableReference } from './downward-variables.ts';

/**
 * Attribute names of the OpenTelemetry semantic conventions that this project writes or reads.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/resource/k8s/
 * @see https://opentelemetry.io/docs/specs/semconv/resource/#service
 */
export const attribute = {
  podName: 'k8s.pod.name',
  podUid: 'k8s.pod.uid',
  podIp: 'k8s.pod.ip',
  nodeName: 'k8s.node.name',
  namespaceName: 'k8s.namespace.name',
  deploymentName: 'k8s.deployment.name',
  containerName: 'k8s.container.name',
  serviceName: 'service.name',
  serviceVersion: 'service.version',
  serviceInstanceId: 'service.instance.id',
  /** Read by the span-metric dimensions; the conventions have renamed it to `deployment.environment.name`. */
  deploymentEnvironment: 'deployment.environment',
  /** Read by the environment filter of Coralogix. */
  deploymentEnvironmentName: 'deployment.environment.name',
} as const;

/** Attribute with the name of the workload that owns a pod, by kind. */
export const workloadAttribute = {
  Deployment: attribute.deploymentName,
  StatefulSet: 'k8s.statefulset.name',
  DaemonSet: 'k8s.daemonset.name',
  Job: 'k8s.job.name',
  CronJob: 'k8s.cronjob.name',
} as const;

interface ResourceAttributesProps {
  /** Name of the Deployment that owns the pod, or of the workload of `workloadKind`. */
  readonly deploymentName: string;
  /** @default Deployment */
  readonly workloadKind?: keyof typeof workloadAttribute;
  /** Name of the container. */
  readonly containerName: string;
  /** Name of the variable, declared earlier, that holds the service's version. */
  readonly versionVariable: string;
  /** Deployment environment, e.g. `production`. */
  readonly environment: string;
  /**
   * Further attributes, by name.
   *
   * @default - none
   */
  readonly resourceAttributes?: Readonly<Record<string, string>>;
}

/**
 * The value of `OTEL_RESOURCE_ATTRIBUTES`, with references for the kubelet to expand.
 *
 * `service.instance.id` is the pod's UID: the random one of the SDKs would begin a new set of series at every restart.
 *
 * @see https://opentelemetry.io/docs/specs/otel/resource/sdk/#specifying-resource-information-via-an-environment-variable
 */
export function resourceAttributes(props: ResourceAttributesProps): string {
  const reference = (name: string) => variableReference(name);
  const literal = (value: string) => encodeURIComponent(value);
  const attributes: readonly (readonly [string, string])[] = [
    [attribute.podName, reference(downwardVariable.podName)],
    [attribute.podUid, reference(downwardVariable.podUid)],
    [attribute.podIp, reference(downwardVariable.podIp)],
    [attribute.nodeName, reference(downwardVariable.nodeName)],
    [attribute.namespaceName, reference(downwardVariable.namespaceName)],
    [workloadAttribute[props.workloadKind ?? 'Deployment'], literal(props.deploymentName)],
    [attribute.containerName, literal(props.containerName)],
    [attribute.serviceVersion, reference(props.versionVariable)],
    [attribute.serviceInstanceId, reference(downwardVariable.podUid)],
    [attribute.deploymentEnvironment, literal(props.environment)],
    [attribute.deploymentEnvironmentName, literal(props.environment)],
    ...Object.entries(props.resourceAttributes ?? {}),
  ];
  return attributes.map(([name, value]) => `${name}=${value}`).join(',');
}
