import { z } from 'zod';
import type { DeployContext } from '../context.ts';
import { readJson } from './read.ts';
import { ownedMetadata } from './shapes.ts';

const object = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: ownedMetadata.extend({ deletionTimestamp: z.string().optional() }),
  spec: z.unknown().optional(),
  roleRef: z.object({ kind: z.string(), name: z.string() }).optional(),
  subjects: z.array(z.object({ kind: z.string(), name: z.string(), namespace: z.string().optional() })).optional(),
});

/** An object of the cluster, as far as it tells whose it is. */
export type LiveObject = z.output<typeof object>;

/**
 * Objects of some kinds.
 *
 * @param namespace undefined for all of them
 */
export async function liveObjects(
  context: DeployContext,
  kinds: readonly string[],
  namespace?: string,
): Promise<LiveObject[]> {
  const where = namespace === undefined ? '--all-namespaces' : `--namespace=${namespace}`;
  const query = context.kubectl(['get', kinds.join(), where, '--output=json']);
  const { items } = await readJson(context, query, z.object({ items: z.array(object) }));
  return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** The Helm release that an object says it is of. */
export const releaseOf = ({ metadata: { annotations } }: Pick<LiveObject, 'metadata'>): string | undefined =>
  annotations['meta.helm.sh/release-name'];
