import { z } from 'zod';
import type { DeployContext } from '../../run/context.ts';
import { hostJson, hostText } from '../host-answer.ts';
import { k3sAsRoot } from '../k3s-command.ts';
import { fullReference } from './full-reference.ts';

const listed = z.object({
  images: z.array(z.object({ id: z.string(), repoTags: z.array(z.string()).nullish() })).default([]),
});

/** The images that the kubelet of the node sees. */
export interface NodeImages {
  /** Whether the name stands for the image that docker has under this id. */
  has(image: string, dockerId: string): boolean;
}

/** Asks both the kubelet's interface, and containerd itself. */
export async function nodeImages(context: DeployContext): Promise<NodeImages> {
  const { images } = await hostJson(context, k3sAsRoot(['crictl', 'images', '--output=json']), listed);
  const ids = new Map(images.flatMap(({ id, repoTags }) => (repoTags ?? []).map((tag) => [tag, id] as const)));
  const table = await hostText(context, k3sAsRoot(['ctr', '--namespace=k8s.io', 'images', 'list']));
  const digests = new Map(table.split('\n').map((line) => digestOf(line.trim().split(/\s+/))));
  return {
    has(image, dockerId) {
      const reference = fullReference(image);
      const id = ids.get(reference);
      // The id that docker gives is the configuration's digest; with containerd as docker's own store, the manifest's.
      return id !== undefined && (id === dockerId || digests.get(reference) === dockerId);
    },
  };
}

const digestOf = ([reference = '', , digest = '']: readonly string[]) => [reference, digest] as const;
