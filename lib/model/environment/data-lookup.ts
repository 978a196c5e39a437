import { listAt, mappingAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';
import type { DataLookup } from './container-environment.ts';
import { configMapData, type KeyedData, secretData } from './keyed-data.ts';

/** Finds ConfigMaps and Secrets among manifests; an ExternalSecret or a SealedSecret stands for its Secret. */
export function dataLookup(manifests: readonly Manifest[], defaultNamespace: string): DataLookup {
  const found = new Map<string, KeyedData>();
  for (const manifest of manifests) {
    const entry = dataOf(manifest);
    if (entry !== undefined) {
      found.set([entry.kind, entry.name, manifest.namespace ?? defaultNamespace].join('\n'), entry.data);
    }
  }
  return (kind, name, namespace) => found.get([kind, name, namespace].join('\n'));
}

function dataOf(manifest: Manifest): { kind: string; name: string; data: KeyedData } | undefined {
  const { kind, name, value } = manifest;
  switch (kind) {
    case 'ConfigMap':
      return { kind, name, data: configMapData(manifest) };
    case 'Secret': {
      const keys = [...Object.keys(mappingAt(value, 'data')), ...Object.keys(mappingAt(value, 'stringData'))];
      return { kind, name, data: secretData(manifest, keys) };
    }
    case 'ExternalSecret': {
      const keys = listAt(value, 'spec', 'data').flatMap((entry) => textAt(entry, 'secretKey') ?? []);
      // With `dataFrom` the store decides which keys there are, with a template the template does.
      const isOpen =
        listAt(value, 'spec', 'dataFrom').length > 0 ||
        valueAt(value, 'spec', 'target', 'template') !== undefined ||
        textAt(value, 'spec', 'target', 'creationPolicy') === 'Merge';
      return isOpen
        ? undefined
        : { kind: 'Secret', name: textAt(value, 'spec', 'target', 'name') ?? name, data: secretData(manifest, keys) };
    }
    case 'SealedSecret':
      return {
        kind: 'Secret',
        name,
        data: secretData(manifest, Object.keys(mappingAt(value, 'spec', 'encryptedData'))),
      };
    default:
      return undefined;
  }
}
