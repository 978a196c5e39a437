import { groupBy } from '../../group-by.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { Model } from '../../model/model.ts';
import type { Reading } from '../reading.ts';
import type { Unread } from './kube-error.ts';
import type { LiveData } from './live-data.ts';
import type { LivePod } from './live-pod.ts';

/** A ready address behind a Service. */
export interface LiveEndpoint {
  readonly node: string | undefined;
  readonly isReady: boolean;
  readonly ports: readonly number[];
}

/** What was read of the cluster at one time. A part that could not be read has its reason. */
export interface ClusterSnapshot {
  /** Time of the reading, in milliseconds since 1970. */
  readonly time: number;
  /** Namespaces that were read. */
  readonly namespaces: readonly string[];
  /** The objects of the cluster, as the files are read: the same questions have the same answers. */
  readonly model: Model;
  /** Lists that could not be read: `pods of shop`. */
  readonly unread: ReadonlyMap<string, Unread>;
  /** Nodes by name, and whether they are ready. */
  readonly nodes: Reading<ReadonlyMap<string, boolean>>;
  readonly pods: readonly LivePod[];
  readonly endpoints: ReadonlyMap<string, readonly LiveEndpoint[]>;
  /** ConfigMaps and Secrets that pods read; undefined where there is none of that name. */
  readonly data: ReadonlyMap<string, Reading<LiveData | undefined>>;
  /** Workloads as the server has them, with their status, by kind, namespace and name. */
  readonly objects: ReadonlyMap<string, unknown>;
}

export const objectKey = (kind: string, namespace: string, name: string): string => `${kind} ${namespace}/${name}`;

/** Pods of a workload that run or are to run: those that ended, such as evicted ones, stay in the cluster for long. */
export const podsOf = (
  snapshot: ClusterSnapshot,
  { kind, namespace, name }: { readonly kind: string; readonly namespace: string; readonly name: string },
): readonly LivePod[] =>
  (podsByOwner(snapshot).get(objectKey(kind, namespace, name)) ?? []).filter(
    ({ isEnding, phase }) => !isEnding && phase !== 'Failed' && phase !== 'Succeeded',
  );

const known = new WeakMap<ClusterSnapshot, ReadonlyMap<string, readonly LivePod[]>>();

function podsByOwner(snapshot: ClusterSnapshot): ReadonlyMap<string, readonly LivePod[]> {
  const found =
    known.get(snapshot) ??
    groupBy(snapshot.pods, ({ owner, namespace }) => objectKey(owner.kind, namespace, owner.name));
  known.set(snapshot, found);
  return found;
}

/** Why a list of a namespace is not known; undefined where it is. */
export const unreadList = ({ unread }: ClusterSnapshot, resource: string, namespace: string): Unread | undefined =>
  unread.get(`${resource} of ${namespace}`);

/** The live manifest of an object. */
export const liveManifest = (
  { model }: ClusterSnapshot,
  { kind, namespace, name }: { readonly kind: string; readonly namespace: string; readonly name: string },
): Manifest | undefined => model.find(kind, name, namespace);
