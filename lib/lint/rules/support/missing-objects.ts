import { groupBy } from '../../../group-by.ts';
import type { Manifest } from '../../../model/manifest.ts';
import type { Model } from '../../../model/model.ts';
import { once } from '../../../model/spans/once.ts';
import type { RuleFinding } from '../../rule.ts';
import { type ConfigReference, referencesBy, type Uses } from './config-references.ts';
import { titles } from './titles.ts';
import { typoOf } from './typo.ts';
import { agree, usersOf } from './value-source.ts';

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
        titles(unknown.map(({ kind, name }) => `${kind} ${name}`)),
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

const key = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts);

/** ConfigMaps, and what is a Secret or becomes one. */
const objects = once((model) =>
  model.manifests
    .filter(({ kind }) => kind === 'ConfigMap' || kind.endsWith('Secret'))
    .map((manifest) => ({ manifest, kind: manifest.kind === 'ConfigMap' ? manifest.kind : 'Secret' })),
);

const namesIn = once((model): ReadonlyMap<string, readonly string[]> => {
  const groups = groupBy(objects(model), ({ kind, manifest }) => key(kind, manifest.namespace));
  return new Map([...groups].map(([group, found]) => [group, found.map(({ manifest }) => manifest.name)]));
});

const byName = once((model) => groupBy(objects(model), ({ kind, manifest }) => key(kind, manifest.name)));

/** The ConfigMaps of a name, or what is a Secret or becomes one, in all namespaces. */
export const configObjects = (model: Model, kind: ConfigReference['kind'], name: string): readonly Manifest[] =>
  (byName(model).get(key(kind, name)) ?? []).map(({ manifest }) => manifest);
