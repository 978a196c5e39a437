import { listAt, type Mapping, mappingAt, textAt } from '../../yaml/value.ts';
import { timeOf } from './live-pod.ts';
import { managedShape } from './shapes.ts';

/** A reference of a pod template to a ConfigMap or a Secret. */
export interface DataReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Undefined: all keys. */
  readonly key: string | undefined;
  /** The variable that reads it; undefined for `envFrom` and volumes. */
  readonly variable: string | undefined;
  /** Whether the pod starts without it. */
  readonly optional: boolean;
}

/** The ConfigMaps and Secrets that a pod template reads as variables and, where asked for, as files. */
export function dataReferences(podTemplate: Mapping, withVolumes: boolean): DataReference[] {
  const containers = [...listAt(podTemplate, 'spec', 'initContainers'), ...listAt(podTemplate, 'spec', 'containers')];
  const variables = containers.flatMap((container) => [
    ...listAt(container, 'env').flatMap(ofVariable),
    ...listAt(container, 'envFrom').flatMap(ofSource),
  ]);
  const volumes = withVolumes ? listAt(podTemplate, 'spec', 'volumes').flatMap(ofVolume) : [];
  return [...variables, ...volumes];
}

function ofVariable(entry: unknown): DataReference[] {
  const kinds = [['configMapKeyRef', 'ConfigMap'] as const, ['secretKeyRef', 'Secret'] as const];
  return kinds.flatMap(([property, kind]) => {
    const reference = mappingAt(entry, 'valueFrom', property);
    const name = textAt(reference, 'name');
    return name === undefined
      ? []
      : [
          {
            kind,
            name,
            key: textAt(reference, 'key'),
            variable: textAt(entry, 'name'),
            optional: isOptional(reference),
          },
        ];
  });
}

function ofSource(source: unknown): DataReference[] {
  const kinds = [['configMapRef', 'ConfigMap'] as const, ['secretRef', 'Secret'] as const];
  return kinds.flatMap(([property, kind]) => {
    const reference = mappingAt(source, property);
    const name = textAt(reference, 'name');
    return name === undefined
      ? []
      : [{ kind, name, key: undefined, variable: undefined, optional: isOptional(reference) }];
  });
}

function ofVolume(volume: unknown): DataReference[] {
  return [volume, ...listAt(volume, 'projected', 'sources')].flatMap((source): DataReference[] => {
    const reference = mappingAt(source, 'configMap');
    const name = textAt(reference, 'name');
    return name === undefined
      ? []
      : [{ kind: 'ConfigMap', name, key: undefined, variable: undefined, optional: isOptional(reference) }];
  });
}

const isOptional = (reference: Mapping): boolean => textAt(reference, 'optional') === 'true';

/** A ConfigMap or a Secret, without the values of a Secret. */
export interface LiveData {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly namespace: string;
  readonly keys: readonly string[];
  /** The last change of what a manager has written with one of the keys; of any key without them. */
  changed(keys?: readonly string[]): LiveChange | undefined;
}

/** A change of a ConfigMap or a Secret: the API server keeps one time for all keys that a manager has written. */
export interface LiveChange {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether the manager has written other keys, too, so that one of those may be what changed. */
  readonly mayBeOther: boolean;
}

/** What verdicts need of a ConfigMap or a Secret: nothing else of it is kept. */
export function liveDataOf(kind: LiveData['kind'], namespace: string, name: string, object: unknown): LiveData {
  const sections = kind === 'ConfigMap' ? ['data', 'binaryData'] : ['data'];
  const managed = managedShape.safeParse(object);
  const created = managed.success ? timeOf(managed.data.metadata.creationTimestamp) : undefined;
  const changes = (managed.success ? managed.data.metadata.managedFields : []).flatMap(({ time, fieldsV1 }) => {
    const at = timeOf(time);
    const fields = [...sections, 'stringData'].flatMap((section) => Object.keys(mappingAt(fieldsV1, `f:${section}`)));
    return at === undefined || fields.length === 0
      ? []
      : [{ at, keys: fields.map((field) => field.replace(/^f:/, '')) }];
  });
  return {
    kind,
    namespace,
    name,
    keys: sections.flatMap((section) => Object.keys(mappingAt(object, section))),
    changed(keys) {
      const isMeant = (key: string) => keys === undefined || keys.includes(key);
      const [last] = changes
        .filter((change) => change.keys.some(isMeant))
        .map((change) => ({ at: change.at, mayBeOther: !change.keys.every(isMeant) }))
        .sort((a, b) => b.at - a.at);
      return last ?? (created === undefined ? undefined : { at: created, mayBeOther: false });
    },
  };
}

/** How far the clocks of a node and of the API server may differ. */
const clockDifferenceMilliseconds = 10_000;

/** Whether a container started before a change, by more than clocks differ. */
export const startedBefore = (started: number | undefined, changed: number | undefined): boolean =>
  started !== undefined && changed !== undefined && started + clockDifferenceMilliseconds < changed;
