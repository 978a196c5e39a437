import { attribute } from './attributes.ts';
import { downwardVariable } from './downward-variables.ts';
import { variableReference } from './kubelet.ts';

export interface ResourceAttributesProps {
  /** Name of the Deployment that owns the pod. */
  readonly deploymentName: string;
  /** Name of the container. */
  readonly containerName: string;
  /** Name of the variable, declared earlier, that holds the service's version. */
  readonly versionVariable: string;
  /** Deployment environment, e.g. `production`. */
  readonly environment: string;
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
    [attribute.deploymentName, literal(props.deploymentName)],
    [attribute.containerName, literal(props.containerName)],
    [attribute.serviceVersion, reference(props.versionVariable)],
    [attribute.serviceInstanceId, reference(downwardVariable.podUid)],
    [attribute.deploymentEnvironment, literal(props.environment)],
    [attribute.deploymentEnvironmentName, literal(props.environment)],
  ];
  return attributes.map(([name, value]) => `${name}=${value}`).join(',');
}
