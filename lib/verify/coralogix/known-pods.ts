/** A pod that exists, for comparison with what arrived. */
export interface KnownPod {
  readonly name: string;
  readonly namespace: string;
  readonly node: string | undefined;
  /** Milliseconds since its container started; undefined where it has not. */
  readonly age: number | undefined;
}

/** What the cluster knows of a service; undefined where the cluster was not read. */
export interface KnownService {
  readonly service: string;
  /** Names of the workloads that send under this name, with which the names of their pods begin. */
  readonly workloads: readonly string[];
  readonly namespace: string;
  readonly pods: readonly KnownPod[] | undefined;
  /** Pods of all workloads that send under this name; empty where the cluster was not read. */
  readonly allPods: readonly KnownPod[];
}

/** Spans and metrics of a pod are grouped, flushed and stored before they are found. */
export const delayMilliseconds = 5 * 60_000;

/** Whether all pods are so young that what they send need not be there yet. */
export const areYoung = ({ pods }: KnownService): boolean =>
  pods !== undefined && pods.length > 0 && pods.every(({ age }) => age === undefined || age < delayMilliseconds);
