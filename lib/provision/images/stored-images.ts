import type { DeployContext } from '../../run/context.ts';
import { ifReachable } from '../../run/kube/if-reachable.ts';
import type { ImageBuild } from './builds.ts';
import { contentMark } from './content-mark.ts';
import { dockerImages, isPushed } from './docker-images.ts';
import { type NodeImages, nodeImages } from './node-images.ts';
import { readImageRecords } from './records.ts';

/** What there is before anything is built. */
export interface ImageState {
  /** Mark of the folder that is built from; undefined where it cannot be told. */
  readonly content: string | undefined;
  /** Ids by full reference. */
  readonly docker: ReadonlyMap<string, string>;
  /** Undefined when there is no node yet. */
  readonly node: NodeImages | undefined;
}

/** Where nothing can be looked at. */
export const unknownState: ImageState = { content: undefined, docker: new Map(), node: undefined };

/**
 * Looks at the host.
 *
 * @throws PodhostError when it has no docker
 */
export const imageState = async (context: DeployContext, folder: string): Promise<ImageState> => ({
  docker: await dockerImages(context),
  content: await contentMark(context, folder),
  node: await ifReachable(() => nodeImages(context)),
});

/** Whether nothing has changed since the images were brought to where they are. */
export async function isUnchanged(context: DeployContext, build: ImageBuild, state: ImageState): Promise<boolean> {
  const { host, stateFolder, config } = context;
  const records = readImageRecords(stateFolder);
  for (const image of build.images) {
    const record = records[image];
    const isSame =
      state.content !== undefined &&
      record?.host === (host ?? 'here') &&
      record.dockerfile === build.dockerfile &&
      record.content === state.content;
    if (!isSame || !(await isThere(image, record.id))) {
      return false;
    }
  }
  return true;

  async function isThere(image: string, id: string): Promise<boolean> {
    return config.deploy.images.registry === undefined
      ? state.node?.has(image, id) === true
      : isPushed(context, image, id);
  }
}
