import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, manifestsOf } from '../../model/manifest.ts';
import { readSources } from '../../model/source/read-sources.ts';
import { parseDocuments } from '../../yaml/documents.ts';

/** The manifests that `kubectl apply -f dist` reads: those directly in the folder, in its order. */
export function distManifests(dist: string): Manifest[] {
  const files = readdirSync(dist)
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .sort()
    .map((file) => join(dist, file));
  const sources = files.length === 0 ? [] : readSources(files);
  return sources.flatMap(({ file, text }) => parseDocuments(file, text).documents).flatMap(manifestsOf);
}
