import { type Mapping, textAt, textsAt } from '../../yaml/value.ts';
import { imageVersion } from '../known-images.ts';
import type { Container, Workload } from '../workload.ts';

const annotationPrefix = 'resource.opentelemetry.io/';

/** What a pod has the name of its workload in, by the kind of the workload. */
const ownerAttributes: Readonly<Record<string, string>> = {
  Deployment: 'k8s.deployment.name',
  ReplicaSet: 'k8s.replicaset.name',
  StatefulSet: 'k8s.statefulset.name',
  DaemonSet: 'k8s.daemonset.name',
  CronJob: 'k8s.cronjob.name',
  Job: 'k8s.job.name',
};

/**
 * The name that the operator gives the service of a container.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/non-normative/k8s-attributes/
 */
export const injectedServiceName = (workload: Workload, container: Container, spec: Mapping): string =>
  chosen(workload, spec, 'service.name', ['app.kubernetes.io/instance', 'app.kubernetes.io/name']) ??
  (Object.hasOwn(ownerAttributes, workload.kind) || workload.kind === 'Pod' ? workload.name : container.name);

/**
 * What the operator adds to `OTEL_RESOURCE_ATTRIBUTES`.
 *
 * @param written the value that the container has; what it names stays as it is
 * @param identity names of pod and node, by reference to variables
 */
export function injectedAttributes(
  workload: Workload,
  container: Container,
  spec: Mapping,
  written: string,
  identity: ReadonlyMap<string, string>,
): string {
  const existing = new Set(written.split(',').map((pair) => pair.trim().split('=')[0] ?? ''));
  const { tag, digest } = imageVersion(textAt(container.value, 'image') ?? '');
  const image = [tag, digest].filter((part) => part !== undefined).join('@');
  const version = chosen(workload, spec, 'service.version', ['app.kubernetes.io/version']) ?? image;
  const ofAnnotations = Object.entries(workload.annotations).flatMap(([name, value]): [string, string][] =>
    name.startsWith(annotationPrefix) && name !== `${annotationPrefix}service.name`
      ? [[name.slice(annotationPrefix.length), value]]
      : [],
  );
  const owner = Object.hasOwn(ownerAttributes, workload.kind) ? ownerAttributes[workload.kind] : undefined;
  const attributes = new Map<string, string>([
    ...Object.entries(textsAt(spec, 'resource', 'resourceAttributes')),
    ['k8s.namespace.name', workload.namespace],
    ['k8s.container.name', container.name],
    ['service.instance.id', [workload.namespace, identity.get('k8s.pod.name'), container.name].join('.')],
    ...(owner === undefined ? [] : [[owner, workload.name] as const]),
    ['service.namespace', workload.namespace],
    ...ofAnnotations,
    ...(version === '' ? [] : [['service.version', version] as const]),
    ...identity,
  ]);
  return [...attributes]
    .filter(([name]) => !existing.has(name))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** An annotation of the pod, then a label where the Instrumentation lets labels count. */
function chosen(workload: Workload, spec: Mapping, attribute: string, labels: readonly string[]): string | undefined {
  const usesLabels = textAt(spec, 'defaults', 'useLabelsForResourceAttributes') === 'true';
  const values = [
    workload.annotations[`${annotationPrefix}${attribute}`],
    ...(usesLabels ? labels.map((label) => workload.labels[label]) : []),
  ];
  return values.find((value) => value !== undefined && value !== '');
}
