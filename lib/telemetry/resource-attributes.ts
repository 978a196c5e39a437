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

/** Characters that need no encoding, which Ruby and Rust do not decode and .NET and PHP decode in their own ways. */
const safeValue = /^[A-Za-z0-9._/@:-]+$/;

export const isSafeValue = (value: string): boolean => safeValue.test(value) && value.length <= 255;
