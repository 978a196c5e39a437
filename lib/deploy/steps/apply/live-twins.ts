import { z } from 'zod';
import type { Manifest } from '../../../model/manifest.ts';
import { identity } from '../../../run/kube/objects.ts';
import { readJson } from '../../../run/kube/read.ts';
import { ownedMetadata } from '../../../run/kube/shapes.ts';
import { type ApiResource, qualified } from '../../preflight/api-resources.ts';
import type { Inquiry } from '../../preflight/preflight-run.ts';

const live = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: ownedMetadata.extend({
    managedFields: z
      .array(z.object({ manager: z.string().default('unknown'), subresource: z.string().optional() }))
      .default([]),
  }),
});

export type LiveTwin = z.output<typeof live>;

/** A manifest, and the object of the same name that is in the cluster. */
export interface Twins {
  readonly manifest: Manifest;
  readonly live: LiveTwin;
}

/** Manifests to write whose objects are there already; asked for by kind and namespace, since there may be thousands. */
export async function liveTwins({ context, applied, kinds }: Inquiry): Promise<Twins[]> {
  const known = await kinds;
  const wanted = applied.flatMap((manifest) => {
    const resource = known.of(manifest);
    return resource === undefined ? [] : [{ manifest, resource }];
  });
  const places = new Map<string, Set<string>>();
  for (const { manifest, resource } of wanted) {
    const place = placeOf(manifest, resource);
    places.set(place, (places.get(place) ?? new Set()).add(qualified(resource)));
  }
  const found = await Promise.all(
    [...places].map(async ([place, resources]) => {
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
    const twin = byName.get(identity({ apiVersion, kind, name, namespace: placeOf(manifest, resource) || undefined }));
    return twin === undefined ? [] : [{ manifest, live: twin }];
  });
}

const placeOf = ({ namespace = 'default' }: Manifest, { isNamespaced }: ApiResource): string =>
  isNamespaced ? namespace : '';
