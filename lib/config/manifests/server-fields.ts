import { isMapping, type Mapping } from '../../yaml/value.ts';

/** Fields of `metadata` that the API server sets; applied again, some of them refuse the object. */
const ofMetadata = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

/** What `kubectl apply` keeps of the last time. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object as somebody would have written it. */
export interface WrittenObject {
  readonly value: Mapping;
  /** Fields with a content that were left out, e.g. `metadata.uid`. */
  readonly leftOut: readonly string[];
}

/**
 * An object without what the API server writes into it, such as `kubectl get -o yaml` prints it.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#clearing-managedfields
 */
export function withoutServerFields({ status, ...value }: Mapping): WrittenObject {
  const metadata = isMapping(value['metadata']) ? value['metadata'] : {};
  const annotations = isMapping(metadata['annotations']) ? metadata['annotations'] : {};
  const present = [
    ...ofMetadata.filter((key) => hasContent(metadata[key])).map((key) => `metadata.${key}`),
    ...(hasContent(annotations[lastApplied]) ? [`metadata.annotations["${lastApplied}"]`] : []),
    ...(hasContent(status) ? ['status'] : []),
  ];
  const kept = without(metadata, ofMetadata);
  return {
    value: {
      ...value,
      metadata: Object.hasOwn(annotations, lastApplied)
        ? { ...kept, annotations: without(annotations, [lastApplied]) }
        : kept,
    },
    leftOut: present,
  };
}

/** Generators write `creationTimestamp: null` and `status: {}` into everything. */
const hasContent = (value: unknown): boolean =>
  value !== undefined && value !== null && !(isMapping(value) && Object.keys(value).length === 0);

const without = (mapping: Mapping, keys: readonly string[]): Mapping =>
  Object.fromEntries(Object.entries(mapping).filter(([key]) => !keys.includes(key)));
