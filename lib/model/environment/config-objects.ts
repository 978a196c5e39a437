import { groupBy } from '../../group-by.ts';
import type { Manifest } from '../manifest.ts';
import type { Model } from '../model.ts';
import { memoized } from '../spans/memoized.ts';

/** ConfigMaps, and what is a Secret or becomes one. */
export const configObjectList = memoized((model) =>
  model.manifests
    .filter(({ kind }) => kind === 'ConfigMap' || kind.endsWith('Secret'))
    .map((manifest) => ({ manifest, kind: manifest.kind === 'ConfigMap' ? manifest.kind : 'Secret' })),
);

const byName = memoized((model) =>
  groupBy(configObjectList(model), ({ kind, manifest }) => `${kind} ${manifest.name}`),
);

/** The ConfigMaps of a name, or what is a Secret or becomes one, in all namespaces. */
export const configObjects = (model: Model, kind: 'ConfigMap' | 'Secret', name: string): readonly Manifest[] =>
  (byName(model).get(`${kind} ${name}`) ?? []).map(({ manifest }) => manifest);
