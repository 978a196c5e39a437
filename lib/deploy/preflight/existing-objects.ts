import { z } from 'zod';
import type { Manifest } from '../../model/manifest.ts';
import type { DeployContext } from '../../run/context.ts';
import { identity, ownedMetadata } from '../../run/kube/objects.ts';
import { readJson } from '../../run/kube/read.ts';
import { type ApiResource, type ApiResources, qualified } from './api-resources.ts';

const live = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: ownedMetadata.extend({
    managedFields: z
      .array(z.object({ manager: z.string().default('unknown'), subresource: z.string().optional() }))
      .default([]),
  }),
  spec: z.unknown().optional(),
});

export type OwnedObject = z.output<typeof live>;

/** A manifest and the object of the same name in the cluster. */
export interface ExistingObject {
  readonly manifest: Manifest;
  readonly live: OwnedObject;
}

/** The manifests whose objects exist. Lists by kind and namespace, because there may be thousands of objects. */
export async function findExistingObjects(
  context: DeployContext,
  applied: readonly Manifest[],
  known: ApiResources,
): Promise<ExistingObject[]> {
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
