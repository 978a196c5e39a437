import { groupBy } from '../../../group-by.ts';
import { configObjectList } from '../../../model/environment/config-objects.ts';
import type { Model } from '../../../model/model.ts';
import { memoized } from '../../../model/spans/memoized.ts';
import type { Workload } from '../../../model/workload.ts';
import { typoOf } from '../../../text/did-you-mean.ts';
import { joinNames } from '../../../text/list.ts';
import { isMapping, listAt, type Mapping, mappingAt, type Path, textAt } from '../../../yaml/value.ts';
import type { RuleFinding } from '../../rule.ts';
import { agree, usersOf } from './value-source.ts';

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

/** All references that are not optional: of variables, and of volumes. */
export function configReferences(workload: Workload): ConfigReference[] {
  const pod = mappingAt(workload.podTemplate, 'spec');
  const containers = ['initContainers', 'containers'].flatMap((list) =>
    listAt(pod, list).flatMap((container, index) => ofContainer(container, ['spec', list, index])),
  );
  const volumes = listAt(pod, 'volumes').flatMap((volume, index) => ofVolume(volume, ['spec', 'volumes', index]));
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
    const from = mappingAt(entry, 'valueFrom');
    const at = [...path, 'env', index, 'valueFrom'];
    return [...one(from, 'configMapKeyRef', at, 'ConfigMap'), ...one(from, 'secretKeyRef', at, 'Secret')];
  });
  const sources = listAt(container, 'envFrom').flatMap((source, index) => {
    const at = [...path, 'envFrom', index];
    return isMapping(source)
      ? [...one(source, 'configMapRef', at, 'ConfigMap'), ...one(source, 'secretRef', at, 'Secret')]
      : [];
  });
  return [...variables, ...sources];
}

function one(parent: Mapping, property: string, path: Path, kind: ConfigReference['kind']): Bare[] {
  const reference = mappingAt(parent, property);
  const name = textAt(reference, 'name');
  const at = [...path, property];
  return name === undefined || textAt(reference, 'optional') === 'true'
    ? []
    : [{ kind, name, key: textAt(reference, 'key'), namePath: [...at, 'name'], keyPath: [...at, 'key'] }];
}

function ofVolume(volume: unknown, path: Path): Bare[] {
  const projected = listAt(volume, 'projected', 'sources').flatMap((source, index) => {
    const at = [...path, 'projected', 'sources', index];
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
  const at = [...path, property];
  const whole = { kind, name, key: undefined, namePath: [...at, nameKey], keyPath: [...at, nameKey] } as const;
  const items = listAt(parent, property, 'items').map((item, index) => ({
    ...whole,
    key: textAt(item, 'key'),
    keyPath: [...at, 'items', index, 'key'],
  }));
  return [whole, ...items];
}

/** What was not read may be there all the same, above all a Secret; a name that is nearly another's is not. */
export function missingObjects(model: Model, references: readonly ConfigReference[]): RuleFinding[] {
  const missing = referencesBy(references, () => '').flatMap((uses) => {
    const [{ workload, kind, name }] = uses;
    const isThere = model.lookup(kind, name, workload.namespace) !== undefined || name === 'kube-root-ca.crt';
    const typo = isThere ? undefined : typoOf(name, namesakes(model, kind, workload.manifest.namespace));
    return isThere || (kind === 'Secret' && typo === undefined) ? [] : [{ uses, kind, name, typo }];
  });
  const unknown = missing.filter(({ typo }) => typo === undefined);
  return [
    ...missing.flatMap(({ uses, kind, name, typo }) =>
      typo === undefined
        ? []
        : [
            {
              ...notRead(uses, `${kind} ${name}`),
              suggestion: `write: ${typo}`,
              cannotTell: kind === 'Secret',
            },
          ],
    ),
    ...unknown.slice(0, 1).map(({ uses: [first] }) => ({
      ...notRead(
        [first, ...unknown.flatMap(({ uses }) => uses).slice(1)],
        joinNames(unknown.map(({ kind, name }) => `${kind} ${name}`)),
      ),
      cannotTell: true,
    })),
  ];
}

const notRead = (uses: Uses, what: string): RuleFinding => {
  const [{ workload, namePath }] = uses;
  return {
    message: `${what}, to which ${usersOf(uses)} ${agree(uses, 'refers', 'refer')}, is in no file that was read`,
    place: workload.place(namePath),
    manifest: workload.manifest,
  };
};

/** Names of what is a ConfigMap or becomes a Secret, in a namespace. */
const namesakes = (model: Model, kind: ConfigReference['kind'], namespace: string | undefined): readonly string[] =>
  namesIn(model).get(key(kind, namespace)) ?? [];

const namesIn = memoized((model): ReadonlyMap<string, readonly string[]> => {
  const groups = groupBy(configObjectList(model), ({ kind, manifest }) => key(kind, manifest.namespace));
  return new Map([...groups].map(([group, found]) => [group, found.map(({ manifest }) => manifest.name)]));
});

const key = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts);
