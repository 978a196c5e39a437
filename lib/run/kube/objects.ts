import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SystemConfig } from '../../config/schema/system.ts';
import { type Manifest, manifestsOf } from '../../model/manifest.ts';
import { readSources } from '../../model/source/read-sources.ts';
import { parseDocuments } from '../../yaml/documents.ts';

/** Identifies an object of a cluster. */
export interface ObjectName {
  /** E.g. `apps/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Undefined for a cluster-scoped object. */
  readonly namespace: string | undefined;
}

/** An object from the API server, reduced to its kind and name. */
interface NamedObject extends Pick<ObjectName, 'apiVersion' | 'kind'> {
  readonly metadata: { readonly name: string; readonly namespace?: string | undefined };
}

export const objectName = ({ apiVersion, kind, metadata: { name, namespace } }: NamedObject): ObjectName => ({
  apiVersion,
  kind,
  name,
  namespace,
});

/** Group of an API version; empty for the core group. */
export const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';

/** A key that is equal for the same object in every version of its API group. */
export const identity = ({ apiVersion, kind, name, namespace }: ObjectName): string =>
  JSON.stringify([groupOf(apiVersion), kind, namespace ?? null, name]);

/** Kind and name in the format of kubectl, e.g. `deployment.apps/shop`. */
export function resourceName({ apiVersion, kind, name }: ObjectName): string {
  const group = groupOf(apiVersion);
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;
}

/** Field manager of everything that a deployment applies. */
export const fieldManager = 'podhost';

/** Paths of files in `dist`. */
export const distFile = { namespaces: '00-namespace.yaml', helmValues: 'helm/coralogix-infra-values.yaml' } as const;

const texts = z.record(z.string(), z.string());

/** Metadata that identifies the owner of an object. */
export const ownedMetadata = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  labels: texts.default({}),
  annotations: texts.default({}),
});

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
