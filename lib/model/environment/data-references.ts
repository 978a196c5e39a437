import { groupBy } from '../../group-by.ts';
import { typoOf } from '../../text/did-you-mean.ts';
import { isMapping, listAt, type Mapping, mappingAt, type Path, pathBelow, textAt, valueAt } from '../../yaml/value.ts';
import type { Model } from '../model.ts';
import { memoized } from '../spans/memoized.ts';
import type { Workload } from '../workload.ts';
import { configObjectList, configObjects } from './config-objects.ts';

/** A reference of a pod to a ConfigMap or a Secret that it does not start without. */
export interface ConfigReference {
  readonly workload: Workload;
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Undefined where it is read whole. */
  readonly key: string | undefined;
  /** Where name and key stand in the pod template. */
  readonly namePath: Path;
  readonly keyPath: Path;
}

/** In the pod template. */
const podPath: Path = ['spec'];

/** All references that are not optional: of variables, and of volumes. */
export function configReferences(workload: Workload): ConfigReference[] {
  const pod = mappingAt(workload.podTemplate, 'spec');
  const containers = ['initContainers', 'containers'].flatMap((list) =>
    listAt(pod, list).flatMap((container, index) => ofContainer(container, pathBelow(podPath, list, index))),
  );
  const volumes = listAt(pod, 'volumes').flatMap((volume, index) =>
    ofVolume(volume, pathBelow(podPath, 'volumes', index)),
  );
  return [...containers, ...volumes].map((reference) => ({ ...reference, workload }));
}

/** References to one thing. */
export type Uses = readonly [ConfigReference, ...ConfigReference[]];

/** Groups references by the object that they name, and by something else of them. */
export const referencesBy = (
  references: readonly ConfigReference[],
  by: (reference: ConfigReference) => string,
): Uses[] => [
  ...groupBy(references, (reference) =>
    [reference.kind, reference.workload.namespace, reference.name, by(reference)].join('\n'),
  ).values(),
];

type Bare = Omit<ConfigReference, 'workload'>;

function ofContainer(container: unknown, path: Path): Bare[] {
  const variables = listAt(container, 'env').flatMap((entry, index) => {
    const from = valueAt(entry, 'valueFrom');
    if (!isMapping(from)) {
      return [];
    }
    const at = pathBelow(path, 'env', index, 'valueFrom');
    return [...one(from, 'configMapKeyRef', at, 'ConfigMap'), ...one(from, 'secretKeyRef', at, 'Secret')];
  });
  const sources = listAt(container, 'envFrom').flatMap((source, index) => {
    const at = pathBelow(path, 'envFrom', index);
    return isMapping(source)
      ? [...one(source, 'configMapRef', at, 'ConfigMap'), ...one(source, 'secretRef', at, 'Secret')]
      : [];
  });
  return [...variables, ...sources];
}

function one(parent: Mapping, property: string, path: Path, kind: ConfigReference['kind']): Bare[] {
  const reference = mappingAt(parent, property);
  const name = textAt(reference, 'name');
  const at = pathBelow(path, property);
  return name === undefined || textAt(reference, 'optional') === 'true'
    ? []
    : [{ kind, name, key: textAt(reference, 'key'), namePath: pathBelow(at, 'name'), keyPath: pathBelow(at, 'key') }];
}

function ofVolume(volume: unknown, path: Path): Bare[] {
  const projected = listAt(volume, 'projected', 'sources').flatMap((source, index) => {
    const at = pathBelow(path, 'projected', 'sources', index);
    return [...mounted(source, 'configMap', 'name', at), ...mounted(source, 'secret', 'name', at)];
  });
  return [
    ...mounted(volume, 'configMap', 'name', path),
    ...mounted(volume, 'secret', 'secretName', path),
    ...projected,
  ];
}

function mounted(parent: unknown, property: 'configMap' | 'secret', nameKey: string, path: Path): Bare[] {
  const name = textAt(parent, property, nameKey);
  if (name === undefined || textAt(parent, property, 'optional') === 'true') {
    return [];
  }
  const kind = property === 'secret' ? 'Secret' : 'ConfigMap';
  const at = pathBelow(path, property);
  const whole = { kind, name, key: undefined, namePath: [...at, nameKey], keyPath: [...at, nameKey] } as const;
  const items = listAt(parent, property, 'items').map((item, index) => ({
    ...whole,
    key: textAt(item, 'key'),
    keyPath: [...at, 'items', index, 'key'],
  }));
  return [whole, ...items];
}

/** What a reference names and is certainly not there: a key of an object that was read, or a name that is nearly another's. */
export interface MissingData {
  readonly reference: ConfigReference;
  /** E.g. `ConfigMap shop has no key A`. */
  readonly message: string;
}

/** The first reference of a workload's pods that keeps them from starting; undefined where none is known to. */
export function missingData(model: Model, workload: Workload): MissingData | undefined {
  const known = found(model);
  if (!known.has(workload)) {
    known.set(workload, configReferences(workload).flatMap((reference) => missing(model, reference) ?? [])[0]);
  }
  return known.get(workload);
}

const found = memoized(() => new Map<Workload, MissingData | undefined>());

function missing(model: Model, reference: ConfigReference): MissingData | undefined {
  const { kind, name, key: wanted } = reference;
  if (lacksKey(model, reference)) {
    return { reference, message: `${kind} ${name} has no key ${wanted}` };
  }
  const typo = kind === 'ConfigMap' ? objectNameMeant(model, reference) : undefined;
  return typo === undefined ? undefined : { reference, message: `there is no ${kind} ${name}, but ${typo}` };
}

/** Whether an object was read and has no such key; another manifest of it, such as the base of an overlay, may have it. */
export function lacksKey(model: Model, { workload, kind, name, key: wanted }: ConfigReference): boolean {
  const data = model.lookup(kind, name, workload.namespace);
  return (
    data !== undefined &&
    wanted !== undefined &&
    !data.has(wanted) &&
    !configObjects(model, kind, name).some((object) =>
      ['data', 'stringData', 'binaryData'].some((where) => object.get(where, wanted) !== undefined),
    )
  );
}

/** Whether an object was read, or is one that every namespace has. */
export const isThere = (model: Model, { workload, kind, name }: ConfigReference): boolean =>
  model.lookup(kind, name, workload.namespace) !== undefined || name === 'kube-root-ca.crt';

/** The name that is meant by one that is nearly the same; undefined where the object is there. */
export const objectNameMeant = (model: Model, reference: ConfigReference): string | undefined =>
  isThere(model, reference)
    ? undefined
    : typoOf(reference.name, namesakes(model, reference.kind, reference.workload.manifest.namespace));

/** Names of what is a ConfigMap or becomes a Secret, in a namespace. */
const namesakes = (model: Model, kind: ConfigReference['kind'], namespace: string | undefined): readonly string[] =>
  namesIn(model).get(key(kind, namespace)) ?? [];

const namesIn = memoized((model): ReadonlyMap<string, readonly string[]> => {
  const groups = groupBy(configObjectList(model), ({ kind, manifest }) => key(kind, manifest.namespace));
  return new Map([...groups].map(([group, found]) => [group, found.map(({ manifest }) => manifest.name)]));
});

const key = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts);
