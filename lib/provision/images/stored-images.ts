import { z } from 'zod';
import { ownValue } from '../../own-value.ts';
import type { DeployContext } from '../../run/context.ts';
import { ifReachable } from '../../run/kube/read.ts';
import { sh } from '../../text/shell.ts';
import { hostJson, hostScript, hostText, onHost } from '../host.ts';
import { k3sAsRoot } from '../k3s.ts';
import type { ImageBuild } from './builds.ts';
import { fullReference } from './builds.ts';
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
    const record = ownValue(records, image);
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

/** The id that docker has for each image, by full reference. */
export async function dockerImages(context: DeployContext): Promise<ReadonlyMap<string, string>> {
  const format = '{{.Repository}}:{{.Tag}} {{.ID}}';
  const printed = await hostText(context, onHost('docker', ['image', 'ls', '--no-trunc', '--format', format]));
  const lines = printed.split('\n').filter((line) => line !== '' && !line.includes('<none>'));
  return new Map(
    lines.map((line) => {
      const [image = '', id = ''] = line.split(' ');
      return [fullReference(image), id];
    }),
  );
}

/** Whether a registry has confirmed to docker the image that has this id. */
export async function isPushed(context: DeployContext, image: string, id: string): Promise<boolean> {
  const look = onHost('docker', ['image', 'inspect', '--format', '{{.Id}} {{json .RepoDigests}}', image]);
  const { exitStatus, stdout } = await context.runner.run(look);
  const repository = image.replace(/:[^:/]+$/, '');
  return exitStatus === 0 && stdout.startsWith(`${id} `) && stdout.includes(`"${repository}@sha256:`);
}

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

/** Names, kinds, sizes and times: what docker too goes by to see which files changed. Access times stay out of it. */
const script = sh`cd "$1" && list=$(find . -printf '%p %y %s %m %T@ %C@ %l\\n') || exit
printf '%s\\n' "$list" | LC_ALL=C sort | sha256sum`;

/** A mark that is another one after any change in a folder of the host; undefined where it cannot be told. */
export async function contentMark({ runner }: DeployContext, folder: string): Promise<string | undefined> {
  const { exitStatus, stdout } = await runner.run(hostScript(script, [folder], { timeoutSeconds: 120 }));
  return exitStatus === 0 ? /^[0-9a-f]{64}/.exec(stdout)?.[0] : undefined;
}
