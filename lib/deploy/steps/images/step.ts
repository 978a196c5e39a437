import { ownValue } from '../../../own-value.ts';
import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Problem } from '../../../problems/problem.ts';
import { hostProblem } from '../../../provision/host.ts';
import {
  buildImage,
  compareWithPushed,
  fullReference,
  type ImageBuild,
  imageBuilds,
  importImages,
  missingDockerfiles,
  otherContent,
  pushImage,
  refusedImages,
  serviceImages,
  servicesThatKeep,
} from '../../../provision/image-builds.ts';
import {
  dockerImages,
  type ImageRecord,
  type ImageState,
  imageState,
  isPushed,
  isUnchanged,
  keepImageRecords,
  nodeImages,
  readImageRecords,
  unknownState,
} from '../../../provision/stored-images.ts';
import type { Command, CommandResult } from '../../../run/command/command.ts';
import type { DeployContext } from '../../../run/context.ts';
import { type Action, currentState, type Step } from '../../../run/step.ts';
import { sh } from '../../../text/shell.ts';

/** Builds the images of the services and imports them into the node or pushes them to a registry. */
export const imagesStep: Step = {
  name: 'images',
  title: 'Images',
  parallel: ({ config }) => config.deploy.images.parallel,
  async actions(context) {
    const { folder } = context.config.deploy.images;
    if (folder === undefined) {
      return [];
    }
    const images = serviceImages(context.config, folder);
    const [first, ...others] = [
      ...refusedImages(context.config, images),
      ...((await currentState(context, () => missingDockerfiles(context, images))) ?? []),
    ];
    if (first !== undefined) {
      throw new PodhostError([first, ...others]);
    }
    const state = (await currentState(context, () => imageState(context, folder))) ?? unknownState;
    return imageBuilds(images).map((build) => imageAction(context, build, { folder, state }));
  },
};

export interface ImageActionProps {
  /** Build context on the host. */
  readonly folder: string;
  readonly state: ImageState;
}

/** Builds one image and imports or pushes it. */
export function imageAction(context: DeployContext, build: ImageBuild, { folder, state }: ImageActionProps): Action {
  const { registry } = context.config.deploy.images;
  return {
    title: `Image ${build.images.join(' and ')}`,
    upToDate: async () =>
      (await isUnchanged(context, build, state)) ? 'nothing in its folder has changed' : undefined,
    commands: [
      buildImage(build, folder),
      ...(registry === undefined ? [importImages(build.images)] : pushImages(context, build)),
    ],
    explain: (command, result) => imageProblem(context, command, result),
    verify: async () => {
      const ids = await verifiedIds(context, build);
      const before = readImageRecords(context.stateFolder);
      const now = new Date().toISOString();
      const records = [...ids].map(([image, id]): [string, ImageRecord] => {
        const { [image]: known } = before;
        const since = known?.id === id ? known.since : now;
        const { digest } = state;
        const host = context.host ?? 'here';
        return [
          image,
          { host, dockerfile: build.dockerfile, ...(digest === undefined ? {} : { content: digest }), id, since },
        ];
      });
      keepImageRecords(context.stateFolder, Object.fromEntries(records));
    },
  };
}

/** Compares tags that nodes would not pull again before the push, because pods would silently keep the old image. */
function pushImages({ config, stateFolder }: DeployContext, { images }: ImageBuild): Command[] {
  const records = readImageRecords(stateFolder);
  const comparisons = images.flatMap((image) => {
    const pushed = ownValue(records, image);
    return pushed !== undefined && servicesThatKeep(image, config).length > 0
      ? [compareWithPushed(image, pushed.id)]
      : [];
  });
  return [...comparisons, ...images.map(pushImage)];
}

/** The id of each image.
 *
 * @throws PodhostError when an image is not where the pods find it
 */
async function verifiedIds(context: DeployContext, { images }: ImageBuild): Promise<Map<string, string>> {
  const { registry } = context.config.deploy.images;
  const docker = await dockerImages(context);
  const node = registry === undefined ? await nodeImages(context) : undefined;
  const ids = new Map<string, string>();
  for (const image of images) {
    const id = docker.get(fullReference(image));
    const isThere = id !== undefined && (node === undefined ? await isPushed(context, image, id) : node.has(image, id));
    if (!isThere) {
      throw new PodhostError([notThere(image, id, registry)], 3);
    }
    ids.set(image, id);
  }
  return ids;
}

async function imageProblem(context: DeployContext, command: Command, result: CommandResult): Promise<Problem> {
  if (context.config.deploy.images.registry !== undefined && result.exitStatus === otherContent) {
    return sameTag(command.args.at(-2) ?? '', context);
  }
  const problem = await hostProblem(context, command, result);
  const isRefused = command.args[0] === 'push' && /denied|unauthorized|no basic auth/i.test(result.stderr);
  return isRefused
    ? {
        ...problem,
        code: 'deploy/push-denied',
        suggestion: `on ${context.host ?? 'this machine'}: ${sh`docker login ${context.config.deploy.images.registry?.split('/')[0] ?? []}`}`,
      }
    : problem;
}

const sameTag = (image: string, { config }: DeployContext): Problem => {
  const services = servicesThatKeep(image, config).join(', ');
  return {
    code: 'deploy/same-tag',
    message: `${image} was pushed before with another content and was not pushed again: nodes that have it would not pull it for ${services}, because imagePullPolicy is not Always`,
    suggestion: `write another tag as image of ${services}; or beside it: imagePullPolicy: Always`,
  };
};

const notThere = (image: string, id: string | undefined, registry: string | undefined): Problem => ({
  code: 'deploy/image-not-there',
  message: `${registry === undefined ? 'the node does not list' : `${registry} has not confirmed`} ${image} as docker has built it${id === undefined ? '' : `, ${id}`}`,
  suggestion:
    registry === undefined
      ? `compare on the host: ${sh`docker image inspect --format '{{.Id}}' ${image}; sudo "$(command -v k3s)" crictl inspecti ${image}`}`
      : `see its output on the host: ${sh`docker push ${image}`}`,
});
