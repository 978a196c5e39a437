import { attribute } from '../../../telemetry/attributes.ts';
import { downwardVariable } from '../../../telemetry/downward-variables.ts';

/** What identifies a pod, and where the kubelet has it from. */
export interface PodField {
  readonly attribute: string;
  readonly field: string;
  /** The variable that this project would declare for it. */
  readonly variable: string;
}

export const podIp: PodField = { attribute: attribute.podIp, field: 'status.podIP', variable: downwardVariable.podIp };
export const podUid: PodField = {
  attribute: attribute.podUid,
  field: 'metadata.uid',
  variable: downwardVariable.podUid,
};

export const podFields: readonly PodField[] = [
  { attribute: attribute.podName, field: 'metadata.name', variable: downwardVariable.podName },
  podUid,
  podIp,
  { attribute: attribute.nodeName, field: 'spec.nodeName', variable: downwardVariable.nodeName },
];
