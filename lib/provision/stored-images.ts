import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../files/atomic-write.ts';
import { MadeFolders } from '../files/made-folders.ts';
import { lookAt } from '../files/present-file.ts';
import { ownValue } from '../own-value.ts';
import type { DeployContext } from '../run/context.ts';
import { ifReachable } from '../run/kube/read.ts';
import { sh } from '../text/shell.ts';
import { hostJson, hostScript, hostText, onHost } from './host.ts';
import type { ImageBuild } from './image-builds.ts';
import { fullReference } from './image-builds.ts';
import { k3sAsRoot } from './k3s.ts';

const record = z.object({
  host: z.string(),
  dockerfile: z.string(),
  /** Digest of the folder that it was built from; undefined when it is unknown. */
  content: z.string().optional(),
  /** Image id of docker. */
  id: z.string(),
  /** Time at which an image with this id was first imported or pushed. */
  since: z.iso.datetime(),
});
const records = z.record(z.string(), record);

/** What an image was built from when it was last imported or pushed. */
export type ImageRecord = z.output<typeof record>;

/** Far above the records of any system. */
const maximumBytes = 16 * 1024 * 1024;

const fileOf = (stateFolder: string): string => join(stateFolder, 'images.json');

/** The records by image name. When the file cannot be read, images are built again. */
export function readImageRecords(stateFolder: string): Readonly<Record<string, ImageRecord>> {
  try {
    const state = lookAt(fileOf(stateFolder), maximumBytes);
    return state.kind === 'file' ? records.parse(JSON.parse(state.start.toString('utf8'))) : {};
  } catch {
    return {};
  }
}

/** Adds records with one atomic write, because several images may finish at the same time. */
export function keepImageRecords(stateFolder: string, added: Readonly<Record<string, ImageRecord>>): void {
  new MadeFolders({ mode: 0o700 }).make(stateFolder);
  const text = `${JSON.stringify({ ...readImageRecords(stateFolder), ...added }, null, 2)}\n`;
  writeFileAtomically(fileOf(stateFolder), text, 0o600);
}

/** State before anything is built. */
export interface ImageState {
  /** Digest of the build folder; undefined when it is unknown. */
  readonly digest: string | undefined;
  /** Ids by full reference. */
  readonly docker: ReadonlyMap<string, string>;
  /** Images of the node; undefined when there is no node yet. */
  readonly node: NodeImages | undefined;
}

/** The state when the host is not reachable. */
export const unknownState: ImageState = { digest: undefined, docker: new Map(), node: undefined };

/**
 * Looks up the images of the host.
 *
 * @throws PodhostError when docker does not run
 */
export const imageState = async (context: DeployContext, folder: string): Promise<ImageState> => ({
  docker: await dockerImages(context),
  digest: await folderDigest(context, folder),
  node: await ifReachable(() => nodeImages(context)),
});

/** Whether the build folder is unchanged and the images are still where the pods find them. */
export async function isUnchanged(context: DeployContext, build: ImageBuild, state: ImageState): Promise<boolean> {
  const { host, stateFolder, config } = context;
  const records = readImageRecords(stateFolder);
  for (const image of build.images) {
    const record = ownValue(records, image);
    const isSame =
      state.digest !== undefined &&
      record?.host === (host ?? 'here') &&
      record.dockerfile === build.dockerfile &&
      record.content === state.digest;
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

/** Image ids of docker by full reference. */
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

/** Whether docker has pushed the image with this id. */
export async function isPushed(context: DeployContext, image: string, id: string): Promise<boolean> {
  const inspect = onHost('docker', ['image', 'inspect', '--format', '{{.Id}} {{json .RepoDigests}}', image]);
  const { exitStatus, stdout } = await context.runner.run(inspect);
  const repository = image.replace(/:[^:/]+$/, '');
  return exitStatus === 0 && stdout.startsWith(`${id} `) && stdout.includes(`"${repository}@sha256:`);
}

const listed = z.object({
  images: z.array(z.object({ id: z.string(), repoTags: z.array(z.string()).nullish() })).default([]),
});

/** The images of the node. */
interface NodeImages {
  /** Whether the node has the image with this id of docker under this name. */
  has(image: string, dockerId: string): boolean;
}

/** Lists the images by the CRI and by containerd. */
export async function nodeImages(context: DeployContext): Promise<NodeImages> {
  const { images } = await hostJson(context, k3sAsRoot(['crictl', 'images', '--output=json']), listed);
  const ids = new Map(images.flatMap(({ id, repoTags }) => (repoTags ?? []).map((tag) => [tag, id] as const)));
  const table = await hostText(context, k3sAsRoot(['ctr', '--namespace=k8s.io', 'images', 'list']));
  const digests = new Map(table.split('\n').map((line) => digestOf(line.trim().split(/\s+/))));
  return {
    has(image, dockerId) {
      const reference = fullReference(image);
      const id = ids.get(reference);
      // The id of docker is the digest of the configuration, or of the manifest when docker stores images in containerd.
      return id !== undefined && (id === dockerId || digests.get(reference) === dockerId);
    },
  };
}

const digestOf = ([reference = '', , digest = '']: readonly string[]) => [reference, digest] as const;

/** Names, types, sizes and change times, which docker also compares; access times are left out. */
const script = sh`cd "$1" && list=$(find . -printf '%p %y %s %m %T@ %C@ %l\\n') || exit
printf '%s\\n' "$list" | LC_ALL=C sort | sha256sum`;

/** A digest that changes with any change in a folder of the host; undefined when it cannot be computed. */
async function folderDigest({ runner }: DeployContext, folder: string): Promise<string | undefined> {
  const { exitStatus, stdout } = await runner.run(hostScript(script, [folder], { timeoutSeconds: 120 }));
  return exitStatus === 0 ? /^[0-9a-f]{64}/.exec(stdout)?.[0] : undefined;
}
