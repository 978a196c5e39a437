import { type Image, parseImage } from '../config/image-reference.ts';
import type { SystemConfig } from '../config/schema/system.ts';
import type { ServiceConfig } from '../config/schema/workloads.ts';
import { ownValue } from '../own-value.ts';
import type { Problem } from '../problems/problem.ts';
import type { Command } from '../run/command/command.ts';
import type { DeployContext } from '../run/context.ts';
import { withoutTrailing } from '../text/linear-time.ts';
import { sh } from '../text/shell.ts';
import { hostScript, hostText, onHost } from './host.ts';
import { k3sPath } from './k3s.ts';

/** An image to build, with all its names. */
export interface ImageBuild {
  /** Absolute path of the Dockerfile on the host. */
  readonly dockerfile: string;
  /** Names in the manifests. */
  readonly images: readonly string[];
}

/** A service with its image and Dockerfile. */
interface ServiceImage {
  readonly service: string;
  readonly image: string;
  readonly dockerfile: string;
}

/** The image and Dockerfile of each service. */
export function serviceImages({ services, deploy }: SystemConfig, folder: string): ServiceImage[] {
  return services.map(({ name, image }) => ({
    service: name,
    image,
    dockerfile: `${withoutTrailing(folder, '/')}/${ownValue(deploy.images.dockerfiles, name) ?? `services/${name}/Dockerfile`}`,
  }));
}

/** Groups the services by Dockerfile. */
export function imageBuilds(services: readonly ServiceImage[]): ImageBuild[] {
  const files = [...new Set(services.map(({ dockerfile }) => dockerfile))];
  return files.map((dockerfile) => ({
    dockerfile,
    images: [...new Set(services.filter((it) => it.dockerfile === dockerfile).map(({ image }) => image))],
  }));
}

/** Builds an image. Docker caches unchanged layers. */
export const buildImage = ({ images, dockerfile }: ImageBuild, folder: string): Command =>
  onHost('docker', ['build', ...images.map((image) => `--tag=${image}`), `--file=${dockerfile}`, folder], {
    // With attestations of the build time every build would give another image.
    env: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' },
    timeoutSeconds: 3_600,
  });

/**
 * Copies images from docker to containerd on the host. A POSIX shell returns only the status of the last command of a
 * pipe, so the first command reports its failure on another file descriptor.
 */
const importing = sh`k3s=${k3sPath}; same=yes
for image; do
  id=$(docker image inspect --format '{{.Id}}' "$image") || exit
  test "$id" = "$(sudo -n "$k3s" crictl inspecti --output go-template --template '{{.status.id}}' "$image" 2> /dev/null)" || same=no
done
test "$same" = no || exit 0
failed=$({ { docker save "$@" || echo yes >&3; } | sudo -n "$k3s" ctr --namespace=k8s.io images import - >&2; } 3>&1) || exit
test -z "$failed"`;

/** Imports images into the node unless it already has them. */
export const importImages = (images: readonly string[]): Command =>
  hostScript(importing, images, { timeoutSeconds: 1_800 });

/** Exit status of the comparison when the tag was pushed before with another content. */
export const otherContent = 66;

/** Compares the image with the one that was pushed before with this tag. */
export const compareWithPushed = (image: string, pushedId: string): Command =>
  hostScript(
    sh`id=$(docker image inspect --format '{{.Id}}' "$1") || exit; test "$id" = "$2" || { echo "$1 was pushed as $2 before, but is $id now" >&2; exit ${otherContent}; }`,
    [image, pushedId],
  );

export const pushImage = (image: string): Command => onHost('docker', ['push', image], { timeoutSeconds: 1_800 });

/** Services whose Dockerfile is not on the host. */
export async function missingDockerfiles(
  context: DeployContext,
  images: readonly ServiceImage[],
): Promise<readonly Problem[]> {
  const files = [...new Set(images.map(({ dockerfile }) => dockerfile))];
  const command = hostScript(sh`for file; do test -f "$file" || printf "%s\\n" "$file"; done`, files);
  const missing = new Set((await hostText(context, command)).split('\n'));
  return images
    .filter(({ dockerfile }) => missing.has(dockerfile))
    .map(({ service, dockerfile }) => ({
      code: 'deploy/no-dockerfile',
      message: `${dockerfile}, from which the image of ${service} is built, is not on ${context.host ?? 'this machine'}`,
      suggestion: `copy the application there, or write its path below deploy.images.folder: dockerfiles: { ${service}: PATH }`,
    }));
}

/** Images that the pods could not use after a successful build. */
export const refusedImages = (config: SystemConfig, images: readonly ServiceImage[]): Problem[] => [
  ...images.filter(({ image }) => parseImage(image)?.digest !== undefined).map(namedByDigest),
  ...(config.deploy.images.registry === undefined
    ? pulledAlways(config)
    : [
        ...images.filter(({ image }) => !image.startsWith(`${config.deploy.images.registry}/`)).map(elsewhere(config)),
        ...pulledOnce(config),
      ]),
];

function pulledAlways(config: SystemConfig): Problem[] {
  const always = config.services.filter((service) => pullPolicy(service, config) === 'Always');
  return always.map(({ name, image }) => ({
    code: 'deploy/always-pulled',
    message: `the kubelet would pull ${image} of ${name} from a registry instead of using the imported image, because imagePullPolicy is Always`,
    suggestion: 'write: imagePullPolicy: IfNotPresent; or push it to a registry: deploy.images.registry',
  }));
}

/** Images with a floating tag that nodes would not pull again, because the manifests set imagePullPolicy. */
function pulledOnce(config: SystemConfig): Problem[] {
  const once = config.services.filter(
    (service) => isFloating(parseImage(service.image)) && pullPolicy(service, config) !== 'Always',
  );
  return once.map((service) => ({
    code: 'deploy/never-pulled-again',
    message: `a node that has ${service.image} of ${service.name} would not pull a newer image, because imagePullPolicy is ${pullPolicy(service, config)}`,
    suggestion: 'write beside it: imagePullPolicy: Always; or a tag that changes with the content',
  }));
}

const isFloating = (image: Image | undefined): boolean =>
  image !== undefined && image.digest === undefined && (image.tag ?? 'latest') === 'latest';

const namedByDigest = ({ service, image }: ServiceImage): Problem => ({
  code: 'deploy/image-by-digest',
  message: `the image of ${service}, ${image}, has a digest, which a build cannot guarantee`,
  suggestion: 'write a tag; or remove deploy.images.folder if all images come from a registry',
});

/** The problem of an image that is not in the configured registry, where the pods would not find it. */
const elsewhere =
  ({ deploy }: SystemConfig) =>
  ({ service, image }: ServiceImage): Problem => ({
    code: 'deploy/image-elsewhere',
    message: `${service} uses ${image}, but images are pushed to ${deploy.images.registry}`,
    suggestion: `write: image: ${deploy.images.registry}/${parseImage(image)?.name.split('/').at(-1)}:${parseImage(image)?.tag ?? 'latest'}`,
  });

type Defaults = Pick<SystemConfig, 'serviceDefaults'>;

/** The imagePullPolicy of a service. */
const pullPolicy = (service: ServiceConfig, { serviceDefaults }: Defaults) =>
  service.imagePullPolicy ?? serviceDefaults.imagePullPolicy;

/** Names of the services whose nodes do not pull the image again. */
export const servicesThatKeep = (image: string, config: SystemConfig): string[] =>
  config.services
    .filter((service) => service.image === image && pullPolicy(service, config) !== 'Always')
    .map(({ name }) => name);

/** The full name of an image in containerd, e.g. `docker.io/library/shop:latest` for `shop`. */
export function fullReference(image: string): string {
  const { host = 'docker.io', name = image, tag = 'latest' } = parseImage(image) ?? {};
  return `${host}/${host === 'docker.io' && !name.includes('/') ? 'library/' : ''}${name}:${tag}`;
}
