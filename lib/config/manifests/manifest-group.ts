import type { Place } from '../../problems/problem.ts';
import type { Mapping } from '../../yaml/value.ts';

/** An object of Kubernetes that a configuration takes over from existing manifests. */
export interface ManifestObject {
  readonly value: Mapping;
  /** Where it was read. */
  readonly place: Place;
}

/** The objects of one entry of `manifests`. */
export interface ManifestGroup {
  /** Name of the file that is written of them, without number and suffix. */
  readonly name: string;
  /** Namespace of objects that name none. */
  readonly namespace: string;
  /** In the order in which they were read. */
  readonly objects: readonly ManifestObject[];
}

/** `KIND NAME`, for messages. */
export const objectTitle = (kind: string, name: string): string => (name === '' ? kind : `${kind} ${name}`);
