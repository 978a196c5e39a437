import type { z } from 'zod';
import { isMapping, textAt } from '../../yaml/value.ts';
import { type ContainerStatus, podShape } from './shapes.ts';

/** A pod, reduced to what verdicts rest on. */
export interface LivePod {
  readonly name: string;
  readonly namespace: string;
  readonly node: string | undefined;
  readonly ip: string | undefined;
  /** What runs it, e.g. the Deployment behind its ReplicaSet; itself where nothing does. */
  readonly owner: { readonly kind: string; readonly name: string };
  /** Milliseconds since 1970; undefined where the server does not name it. */
  readonly created: number | undefined;
  readonly isReady: boolean;
  readonly isEnding: boolean;
  readonly phase: string;
  /** Why it is not scheduled or was evicted; undefined where it runs. */
  readonly reason: string | undefined;
  readonly containers: readonly LiveContainer[];
}

export interface LiveContainer {
  readonly name: string;
  /** Entries of `env` by name, as text that two equal entries share. */
  readonly env: ReadonlyMap<string, string>;
  /** Entries of `envFrom`, in order. */
  readonly envFrom: readonly string[];
  /** Undefined where the kubelet has not reported it. */
  readonly status: ContainerStatus | undefined;
  /** Milliseconds since 1970; undefined where it does not run. */
  readonly started: number | undefined;
}

/** The pod that an object of the API server describes. */
export function livePodOf(object: unknown): LivePod | undefined {
  const parsed = podShape.safeParse(object);
  if (!parsed.success) {
    return undefined;
  }
  const { metadata, spec, status } = parsed.data;
  const statuses = [...status.initContainerStatuses, ...status.containerStatuses];
  const unscheduled = status.conditions.find(({ type, status: value }) => type === 'PodScheduled' && value === 'False');
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    node: spec.nodeName,
    ip: status.podIP,
    owner: ownerOf(metadata),
    created: timeOf(metadata.creationTimestamp),
    isReady: status.conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True'),
    isEnding: metadata.deletionTimestamp !== undefined,
    phase: status.phase ?? 'Unknown',
    reason: unscheduled?.message ?? unscheduled?.reason ?? status.message ?? status.reason,
    containers: spec.containers.map(({ name, env, envFrom }) => {
      const known = statuses.find((each) => each.name === name);
      return {
        name,
        env: environmentOf(env),
        envFrom: envFrom.map(canonical),
        status: known,
        started: timeOf(known?.state.running?.startedAt),
      };
    }),
  };
}

/** A ReplicaSet is named after its Deployment and the hash of the pod template. */
function ownerOf({ name, labels, ownerReferences }: z.output<typeof podShape>['metadata']): LivePod['owner'] {
  const owner = ownerReferences.find(({ controller }) => controller === true) ?? ownerReferences[0];
  const hash = labels['pod-template-hash'];
  if (owner === undefined) {
    return { kind: 'Pod', name };
  }
  return owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`)
    ? { kind: 'Deployment', name: owner.name.slice(0, -hash.length - 1) }
    : { kind: owner.kind, name: owner.name };
}

/** Entries of `env` by name; of two with one name the later counts. */
export const environmentOf = (env: readonly unknown[]): Map<string, string> =>
  new Map(env.flatMap((entry) => entryOf(entry)));

const entryOf = (entry: unknown): [string, string][] => {
  const name = textAt(entry, 'name');
  // Without a value a variable is empty, which the server may write or leave out.
  return name === undefined ? [] : [[name, canonical({ value: '', ...Object(entry) })]];
};

/** JSON with sorted keys, without what the API server adds by default. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (key, item: unknown) =>
    key === 'apiVersion' && item === 'v1'
      ? undefined
      : isMapping(item)
        ? Object.fromEntries(Object.entries(item).toSorted(([one], [other]) => (one < other ? -1 : 1)))
        : item,
  );
}

export function timeOf(text: string | null | undefined): number | undefined {
  const time = text === null || text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
