import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../model/manifest.ts';
import { readModel } from '../../model/read-model.ts';
import { readSources } from '../../model/source/read-sources.ts';

/** The manifests that `kubectl apply` reads: those directly in the folder. */
export function distManifests(dist: string, namespace: string): readonly Manifest[] {
  const files = readdirSync(dist)
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .sort()
    .map((file) => join(dist, file));
  return files.length === 0 ? [] : readModel(readSources(files), { namespace }).manifests;
}
