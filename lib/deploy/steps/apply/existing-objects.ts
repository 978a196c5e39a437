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

/** No object of the same name is somebody else's. */
export const foreignObjectsCheck: Check = {
  name: 'objects of the same names',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'apply'),
  async look(inquiry) {
    const twins = await inquiry.untoldTwins();
    const problems = twins.filter((twin) => isForeign(twin, inquiry)).map((twin) => problemOf(twin, inquiry));
    return { problems };
  },
};

/** A namespace that was there before is used, and left as it is when the system goes. */
const isForeign = ({ manifest, live }: Twins, { scope }: Inquiry): boolean =>
  manifest.kind !== 'Namespace' && !hasSystemLabels(scope.config, live.metadata);

function problemOf({ manifest, live }: Twins, { scope, context }: Inquiry): Problem {
  const name = resourceName(manifest);
  const { namespace } = live.metadata;
  const where = namespace === undefined ? [] : [`--namespace=${namespace}`];
  const diff = sh`kubectl diff --server-side --filename=${operand(manifest.place().file)}`;
  const label = sh`kubectl label ${name} ${where} ${labelArguments(scope.config)} --overwrite`;
  return {
    code: 'deploy/foreign-object',
    message: `${name}${namespace === undefined ? '' : ` in ${namespace}`} is there already and not of this system: ${ownerOf(live)}`,
    suggestion: `look at the difference: ${diff}; to hand it over: ${label}; otherwise rename yours in ${context.configFile}`,
  };
}

/** Who says that it is his, or who wrote it. */
function ownerOf({ metadata: { labels, annotations, managedFields } }: LiveTwin): string {
  const release = annotations['meta.helm.sh/release-name'];
  if (release !== undefined) {
    return `it is of the Helm release ${release} in ${annotations['meta.helm.sh/release-namespace']}`;
  }
  const manager = labels['app.kubernetes.io/managed-by'];
  const system = labels['app.kubernetes.io/part-of'];
  if (manager !== undefined) {
    return `it is managed by ${manager}${system === undefined ? '' : `, as part of ${system}`}`;
  }
  const writers = managedFields.filter(({ subresource }) => subresource === undefined).map((it) => it.manager);
  return `it was written by ${[...new Set(writers)].join(', ') || 'somebody who left no name'}`;
}
