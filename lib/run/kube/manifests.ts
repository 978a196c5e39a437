import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemConfig } from '../../config/schema/system.ts';
import { type Manifest, manifestsOf } from '../../model/manifest.ts';
import { readSources } from '../../model/source/read-sources.ts';
import { parseDocuments } from '../../yaml/documents.ts';
import type { ObjectName } from './objects.ts';

/** The manifests that `kubectl apply -f dist` reads: the files directly in the folder, in order of their names. */
export function distManifests(dist: string): Manifest[] {
  const files = readdirSync(dist)
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .sort()
    .map((file) => join(dist, file));
  const sources = files.length === 0 ? [] : readSources(files);
  return sources.flatMap(({ file, text }) => parseDocuments(file, text).documents).flatMap(manifestsOf);
}

/** The objects that `kubectl apply -f dist` applies, in order. */
export const distObjects = (dist: string): ObjectName[] =>
  distManifests(dist).map(({ apiVersion, kind, name, namespace }) => ({ apiVersion, kind, name, namespace }));

const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Whether the object is a workload with a rollout. */
export const isWorkload = ({ kind }: ObjectName): boolean => workloadKinds.includes(kind);

/**
 * Subfolder of the manifests with the objects that configure Argo CD or Flux. The tool applies the other manifests
 * itself, so a deployment must not apply them. Undefined when no such tool is configured.
 */
export const gitopsFolder = ({ gitops }: Pick<SystemConfig, 'gitops'>): string | undefined =>
  gitops === undefined || gitops.tool === 'k3s' ? undefined : gitops.tool;
