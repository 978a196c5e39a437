import { imageVersion } from '../model/known-images.ts';
import { downwardVariables } from '../telemetry/downward-variables.ts';
import { attribute } from '../telemetry/resource-attributes.ts';
import { type Mapping, textAt } from '../yaml/value.ts';
import { annotation, resourceAnnotationPrefix, valueFor } from './annotations.ts';

/** What a pod template belongs to. */
export interface PodOwner {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty where the object has none; of a name that the API server makes the part that is written. */
  readonly name: string;
  /**
   * Whether the API server makes the name, so that no attribute can hold it.
   *
   * @default false
   */
  readonly hasGeneratedName?: boolean;
  readonly namespace: string;
  /** Labels and annotations of the pods, with those of the object where the pods have none of that name. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The attribute that names the owner of a pod. */
const ownerAttributes: Readonly<Record<string, string>> = {
  Deployment: attribute.deploymentName,
  StatefulSet: 'k8s.statefulset.name',
  DaemonSet: 'k8s.daemonset.name',
  ReplicaSet: 'k8s.replicaset.name',
  ReplicationController: 'k8s.replicationcontroller.name',
  Job: 'k8s.job.name',
  CronJob: 'k8s.cronjob.name',
};

export const ownerAttribute = (kind: string): string | undefined =>
  Object.hasOwn(ownerAttributes, kind) ? ownerAttributes[kind] : undefined;

/**
 * The service name of a container: by annotation, else by the name of the workload. A label is taken only when asked
 * for, because all parts of a Helm release have the same `app.kubernetes.io/instance`.
 *
 * @see https://github.com/open-telemetry/semantic-conventions/blob/main/docs/non-normative/k8s-attributes.md
 */
export function serviceNameFor(owner: PodOwner, container: string, useLabels: boolean): string {
  const { annotations, labels } = owner;
  const labelled = useLabels ? labels['app.kubernetes.io/instance'] || labels['app.kubernetes.io/name'] : undefined;
  return (
    valueFor(annotations[annotation.serviceName], container) ||
    annotations[`${resourceAnnotationPrefix}service.name`] ||
    labelled ||
    owner.name ||
    container
  );
}

/** Further attributes that annotations of the pod give it. */
export const annotatedAttributes = ({ annotations }: PodOwner): (readonly [key: string, value: string])[] =>
  Object.entries(annotations).flatMap(([name, value]) => {
    const key = name.startsWith(resourceAnnotationPrefix) ? name.slice(resourceAnnotationPrefix.length) : '';
    return key === '' || key === attribute.serviceName ? [] : [[key, value] as const];
  });

export const versionLabel = 'app.kubernetes.io/version';

/** The version that an image's tag or digest names; `latest` names none. */
export function imageVersionOf(container: Mapping): string | undefined {
  const { tag, digest } = imageVersion(textAt(container, 'image') ?? '');
  const known = tag === 'latest' ? undefined : tag;
  return known !== undefined && digest !== undefined ? `${known}@${digest}` : (known ?? digest);
}

/** The attribute that a field of the pod is. */
const attributeOfField: Readonly<Record<string, string>> = {
  'metadata.name': attribute.podName,
  'metadata.uid': attribute.podUid,
  'status.podIP': attribute.podIp,
  'spec.nodeName': attribute.nodeName,
  'metadata.namespace': attribute.namespaceName,
};

/** A field of the pod that an attribute holds, with the variable that is declared for it. */
export interface PodField {
  readonly key: string;
  readonly field: string;
  readonly variable: string;
}

/** All of them, in the order of their variables. */
export const podFields: readonly PodField[] = downwardVariables().flatMap(({ name, valueFrom }) => {
  const field = valueFrom?.fieldRef?.fieldPath;
  const key = field === undefined ? undefined : attributeOfField[field];
  return field === undefined || key === undefined ? [] : [{ key, field, variable: name }];
});
