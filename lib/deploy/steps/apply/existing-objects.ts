import { z } from 'zod';
import type { Manifest } from '../../../model/manifest.ts';
import type { Problem } from '../../../problems/problem.ts';
import { identity, resourceName } from '../../../run/kube/objects.ts';
import { readJson } from '../../../run/kube/read.ts';
import { ownedMetadata } from '../../../run/kube/shapes.ts';
import { hasSystemLabels, labelArguments } from '../../../run/kube/system-objects.ts';
import { operand, sh } from '../../../text/shell.ts';
import { type ApiResource, qualified } from '../../preflight/api-resources.ts';
import type { Check } from '../../preflight/check.ts';
import { runs } from '../../preflight/check.ts';
import type { PreflightContext } from '../../preflight/preflight-context.ts';

const live = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: ownedMetadata.extend({
    managedFields: z
      .array(z.object({ manager: z.string().default('unknown'), subresource: z.string().optional() }))
      .default([]),
  }),
});

export type OwnedObject = z.output<typeof live>;

/** A manifest and the object of the same name in the cluster. */
export interface ExistingObject {
  readonly manifest: Manifest;
  readonly live: OwnedObject;
}

/** The manifests whose objects exist. Lists by kind and namespace, because there may be thousands of objects. */
export async function findExistingObjects({ context, applied, kinds }: PreflightContext): Promise<ExistingObject[]> {
  const known = await kinds;
  const wanted = applied.flatMap((manifest) => {
    const resource = known.of(manifest);
    return resource === undefined ? [] : [{ manifest, resource }];
  });
  const queries = new Map<string, Set<string>>();
  for (const { manifest, resource } of wanted) {
    const place = placeOf(manifest, resource);
    queries.set(place, (queries.get(place) ?? new Set()).add(qualified(resource)));
  }
  const found = await Promise.all(
    [...queries].map(async ([place, resources]) => {
      const query = ['get', [...resources].join(), ...(place === '' ? [] : [`--namespace=${place}`])];
      const command = context.kubectl([...query, '--show-managed-fields', '--output=json']);
      return (await readJson(context, command, z.object({ items: z.array(live) }))).items;
    }),
  );
  const byName = new Map(
    found
      .flat()
      .map((object) => [
        identity({ ...object, name: object.metadata.name, namespace: object.metadata.namespace }),
        object,
      ]),
  );
  return wanted.flatMap(({ manifest, resource }) => {
    const { apiVersion, kind, name } = manifest;
    const object = byName.get(
      identity({ apiVersion, kind, name, namespace: placeOf(manifest, resource) || undefined }),
    );
    return object === undefined ? [] : [{ manifest, live: object }];
  });
}

const placeOf = ({ namespace = 'default' }: Manifest, { isNamespaced }: ApiResource): string =>
  isNamespaced ? namespace : '';

/** Checks that no existing object belongs to another owner. */
export const foreignObjectsCheck: Check = {
  name: 'existing objects',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'apply'),
  async run(preflight) {
    const objects = await preflight.unreportedObjects();
    const problems = objects.filter((it) => isForeign(it, preflight)).map((it) => problemOf(it, preflight));
    return { problems };
  },
};

/** Whether an object has another owner. An existing namespace is used and kept. */
const isForeign = ({ manifest, live }: ExistingObject, { scope }: PreflightContext): boolean =>
  manifest.kind !== 'Namespace' && !hasSystemLabels(scope.config, live.metadata);

function problemOf({ manifest, live }: ExistingObject, { scope, context }: PreflightContext): Problem {
  const name = resourceName(manifest);
  const { namespace } = live.metadata;
  const where = namespace === undefined ? [] : [`--namespace=${namespace}`];
  const diff = sh`kubectl diff --server-side --filename=${operand(manifest.place().file)}`;
  const label = sh`kubectl label ${name} ${where} ${labelArguments(scope.config)} --overwrite`;
  return {
    code: 'deploy/foreign-object',
    message: `${name}${namespace === undefined ? '' : ` in ${namespace}`} exists and does not belong to this system: ${ownerOf(live)}`,
    suggestion: `compare: ${diff}; to let this system take it over: ${label}; otherwise rename the object in ${context.configFile}`,
  };
}

/** Describes the owner or the field managers of an object. */
function ownerOf({ metadata: { labels, annotations, managedFields } }: OwnedObject): string {
  const release = annotations['meta.helm.sh/release-name'];
  if (release !== undefined) {
    return `it is managed by the Helm release ${release} in ${annotations['meta.helm.sh/release-namespace']}`;
  }
  const manager = labels['app.kubernetes.io/managed-by'];
  const system = labels['app.kubernetes.io/part-of'];
  if (manager !== undefined) {
    return `it is managed by ${manager}${system === undefined ? '' : `, as part of ${system}`}`;
  }
  const writers = managedFields.filter(({ subresource }) => subresource === undefined).map((it) => it.manager);
  return `it was written by ${[...new Set(writers)].join(', ') || 'an unknown manager'}`;
}
