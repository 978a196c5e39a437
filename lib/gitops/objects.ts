import { z } from 'zod';
import type { DeployContext } from '../run/context.ts';
import { knownResources } from '../run/kube/known-resources.ts';
import { type ObjectName, objectName } from '../run/kube/objects.ts';
import { readJson } from '../run/kube/read.ts';
import { labelSelector } from '../run/kube/system-objects.ts';
import { unlessForbidden } from '../run/kube/unless-forbidden.ts';

/** What tells a GitOps tool to keep something; it stands in the tool's own namespace. */
const resources = [
  'helmcharts.helm.cattle.io',
  'applications.argoproj.io',
  'kustomizations.kustomize.toolkit.fluxcd.io',
  'helmreleases.helm.toolkit.fluxcd.io',
  'helmrepositories.source.toolkit.fluxcd.io',
];

const listed = z.object({
  items: z.array(
    z.object({
      apiVersion: z.string(),
      kind: z.string(),
      metadata: z.object({ name: z.string(), namespace: z.string(), deletionTimestamp: z.string().optional() }),
    }),
  ),
});

/** What of this system GitOps tools have been told, whichever they are. Nothing where this user may not look. */
export async function gitopsObjects(context: DeployContext): Promise<ObjectName[]> {
  const known = await knownResources(context);
  const selector = `--selector=${labelSelector(context.config)}`;
  const lists = await Promise.all(
    resources
      .filter((resource) => known.has(resource))
      .map((resource) => {
        const query = context.kubectl(['get', resource, '--all-namespaces', selector, '--output=json']);
        return unlessForbidden(async () => (await readJson(context, query, listed)).items);
      }),
  );
  return lists
    .flat()
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(objectName);
}
