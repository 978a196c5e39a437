import { downwardVariable } from '../../telemetry/downward-variables.ts';
import { attribute } from '../../telemetry/resource-attributes.ts';
import { quoted } from '../../text/quoted.ts';
import type { Variable } from '../environment/variable.ts';
import type { ApplicationContainer } from '../spans/instrumentation.ts';
import { writtenResourceAttributes } from '../spans/written-resource-attributes.ts';

/** What identifies a pod, and where the kubelet has it from. */
export interface PodIdentityField {
  readonly attribute: string;
  readonly field: string;
  /** The variable that this project would declare for it. */
  readonly variable: string;
}

export const podIpField: PodIdentityField = {
  attribute: attribute.podIp,
  field: 'status.podIP',
  variable: downwardVariable.podIp,
};
export const podUid: PodIdentityField = {
  attribute: attribute.podUid,
  field: 'metadata.uid',
  variable: downwardVariable.podUid,
};

export const podIdentityFields: readonly PodIdentityField[] = [
  { attribute: attribute.podName, field: 'metadata.name', variable: downwardVariable.podName },
  podUid,
  podIpField,
  { attribute: attribute.nodeName, field: 'spec.nodeName', variable: downwardVariable.nodeName },
];

/** An attribute of the pod that is not the pod's own. */
export interface WrongIdentity {
  readonly field: PodIdentityField;
  readonly variable: Variable;
  readonly value: string;
  /** What is wrong with it, e.g. `k8s.pod.name is "api-0", written by hand, not metadata.name`. */
  readonly reason: (owner?: string) => string;
}

/** Name, UID, address and node in the SDK's attributes that are written by hand or taken from another field. */
export function wrongIdentities(found: ApplicationContainer): WrongIdentity[] {
  const { variable, values } = writtenResourceAttributes(found.environment);
  return podIdentityFields.flatMap((field) => {
    const value = values.get(field.attribute);
    return variable === undefined || value === undefined || isRight(found, field, value)
      ? []
      : [
          {
            field,
            variable,
            value,
            reason: (owner = '') => `${field.attribute}${owner} is ${sourceOf(value)}, not ${field.field}`,
          },
        ];
  });
}

/** What the kubelet left unexpanded is judged as such, and what a Secret holds is not known. */
function isRight(
  { workload }: ApplicationContainer,
  { field, attribute: name }: PodIdentityField,
  value: string,
): boolean {
  const isNotKnown = /\$[({]|<secret /.test(value);
  // On the node's network the address must go altogether.
  const mustGo = workload.hostNetwork && name === attribute.podIp;
  const isPodItself = workload.kind === 'Pod' && name === attribute.podName && value === workload.name;
  return value === `<${field}>` || isNotKnown || mustGo || isPodItself;
}

function sourceOf(value: string): string {
  const [, field] = /^<(.*)>$/.exec(value) ?? [];
  return field ?? (value.includes('<') ? `put together from ${value}` : `${quoted(value)}, written by hand`);
}

/** Why the pods of a workload on the network of its node cannot be found. */
export interface HostNetworkFault {
  readonly hasUid: boolean;
  readonly hasIp: boolean;
  /** E.g. `sends no k8s.pod.uid`. */
  readonly what: string;
}

/** On the network of its node a pod is known by its UID alone; undefined where that is sent, or is not known. */
export function hostNetworkFault({
  workload,
  environment,
  instrumentation,
}: ApplicationContainer): HostNetworkFault | undefined {
  const { variable, values } = writtenResourceAttributes(environment);
  const isOpen = variable !== undefined && (variable.value === undefined || /<secret /.test(variable.value));
  const hasUid = values.has(attribute.podUid);
  const hasIp = values.has(attribute.podIp);
  if (!workload.hostNetwork || instrumentation.kind === 'injected' || isOpen || (hasUid && !hasIp)) {
    return undefined;
  }
  const what = hasIp ? `sends ${attribute.podIp}, which is the node's address` : `sends no ${attribute.podUid}`;
  return { hasUid, hasIp, what };
}
