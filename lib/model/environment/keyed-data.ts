import { mappingAt, textAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';

/** What a ConfigMap or a Secret holds, by key. */
export interface KeyedData {
  readonly manifest: Manifest;
  readonly keys: readonly string[];
  has(key: string): boolean;
  /** The value of a key; of a Secret only that it is there, as `<secret NAME/KEY>`. */
  value(key: string): string | undefined;
}

export function configMapData(manifest: Manifest): KeyedData {
  const keys = [
    ...Object.keys(mappingAt(manifest.value, 'data')),
    ...Object.keys(mappingAt(manifest.value, 'binaryData')),
  ];
  const known = new Set(keys);
  return { manifest, keys, has: (key) => known.has(key), value: (key) => textAt(manifest.value, 'data', key) };
}

/** An ExternalSecret or a SealedSecret names the keys of the Secret that it becomes. */
export function secretData(manifest: Manifest, keys: readonly string[]): KeyedData {
  const known = new Set(keys);
  return {
    manifest,
    keys,
    has: (key) => known.has(key),
    value: (key) => (known.has(key) ? `<secret ${manifest.name}/${key}>` : undefined),
  };
}
