import { rememberedPair } from '../../remembered-pair.ts';
import { isMapping, listAt, type Mapping, textAt, textListAt, valueAt } from '../../yaml/value.ts';
import type { Workload } from '../workload.ts';

/** Read where a configuration names none. */
const usual = [
  'k8s.namespace.name',
  'k8s.pod.name',
  'k8s.pod.uid',
  'k8s.pod.start_time',
  'k8s.deployment.name',
  'k8s.node.name',
];

/** Whether the processor `k8sattributes` writes down the address of a connection, even where it finds no pod by it. */
export const setsAddress = (config: Mapping, id: string): boolean =>
  textAt(config, 'processors', id, 'passthrough') === 'true' ||
  listAt(config, 'processors', id, 'extract', 'metadata').includes('k8s.pod.ip');

type NamedValue = readonly [string, string | undefined];

/** What the processor reads of every pod: names of attributes, and those under which labels and annotations come. */
const extracted = rememberedPair((config: Mapping, id: string) => {
  const extract = ['processors', id, 'extract'];
  const listed = valueAt(config, ...extract, 'metadata');
  const copied = ['labels', 'annotations'].flatMap((kind) =>
    listAt(config, ...extract, kind).flatMap((entry) => (isMapping(entry) ? (textAt(entry, 'tag_name') ?? []) : [])),
  );
  return {
    names: listed === undefined ? usual : textListAt(config, ...extract, 'metadata'),
    copied: copied.map((name): NamedValue => [name, undefined]),
  };
});

/** Attributes that the processor `k8sattributes` reads of a pod of a workload, with their values. */
export function podAttributes(config: Mapping, id: string, workload: Workload): readonly NamedValue[] {
  const { names, copied } = extracted(config, id);
  return [...names.flatMap((name) => ofPod(name, workload)), ...copied];
}

const fields: Readonly<Record<string, string>> = {
  'k8s.pod.name': '<metadata.name>',
  'k8s.pod.uid': '<metadata.uid>',
  'k8s.pod.ip': '<status.podIP>',
  'k8s.node.name': '<spec.nodeName>',
};

/** The kind of workload whose name it is, and that whose pods have one of a name that only the cluster knows. */
const owners: Readonly<Record<string, { readonly kind: string; readonly through?: string }>> = {
  'k8s.deployment.name': { kind: 'Deployment' },
  'k8s.statefulset.name': { kind: 'StatefulSet' },
  'k8s.daemonset.name': { kind: 'DaemonSet' },
  'k8s.replicaset.name': { kind: 'ReplicaSet', through: 'Deployment' },
  'k8s.cronjob.name': { kind: 'CronJob' },
  'k8s.job.name': { kind: 'Job', through: 'CronJob' },
};

/** Nothing where a pod of that kind of workload has none. */
function ofPod(name: string, { namespace, kind, name: workload }: Workload): readonly NamedValue[] {
  if (name === 'k8s.namespace.name') {
    return [[name, namespace]];
  }
  const owner = Object.hasOwn(owners, name) ? owners[name] : undefined;
  if (owner === undefined) {
    return [[name, Object.hasOwn(fields, name) ? fields[name] : undefined]];
  }
  if (owner.kind === kind) {
    return [[name, workload]];
  }
  return owner.through === kind ? [[name, undefined]] : [];
}
