import { type Image, parseImage } from '../../config/rules/support/image.ts';
import type { ServiceConfig } from '../../config/schema/service.ts';
import type { SystemConfig } from '../../config/schema/system.ts';
import { ownValue } from '../../own-value.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Command } from '../../run/command/command.ts';
import type { DeployContext } from '../../run/context.ts';
import { sh } from '../../text/shell.ts';
import { hostScript, hostText, onHost } from '../host.ts';
import { k3sPath } from '../k3s.ts';

/** An image to be built, under all its names. */
export interface ImageBuild {
  /** Absolute path of the Dockerfile on the host. */
  readonly dockerfile: string;
  /** Names that the manifests use. */
  readonly images: readonly string[];
}

/** A service and what its image is built from. */
export interface ServiceImage {
  readonly service: string;
  readonly image: string;
  readonly dockerfile: string;
}

/** What each service runs. */
export function serviceImages({ services, deploy }: SystemConfig, folder: string): ServiceImage[] {
  return services.map(({ name, image }) => ({
    service: name,
    image,
    dockerfile: `${folder.replace(/\/+$/, '')}/${ownValue(deploy.images.dockerfiles, name) ?? `services/${name}/Dockerfile`}`,
  }));
}

/** Each Dockerfile once, with all the names that its image gets. */
export function imageBuilds(services: readonly ServiceImage[]): ImageBuild[] {
  const files = [...new Set(services.map(({ dockerfile }) => dockerfile))];
  return files.map((dockerfile) => ({
    dockerfile,
    images: [...new Set(services.filter((it) => it.dockerfile === dockerfile).map(({ image }) => image))],
  }));
}

/** Builds an image. Docker takes from its cache what has not changed. */
export const buildImage = ({ images, dockerfile }: ImageBuild, folder: string): Command =>
  onHost('docker', ['build', ...images.map((image) => `--tag=${image}`), `--file=${dockerfile}`, folder], {
    // Where docker attests when it built an image, the image would be another one each time.
    env: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' },
    timeoutSeconds: 3_600,
  });

/**
 * The images go from docker to containerd on the host itself. The shell's own status would be that of the second half
 * alone, so the first one tells by another channel that it failed.
 */
const importing = sh`k3s=${k3sPath}; same=yes
for image; do
  id=$(docker image inspect --format '{{.Id}}' "$image") || exit
  test "$id" = "$(sudo -n "$k3s" crictl inspecti --output go-template --template '{{.status.id}}' "$image" 2> /dev/null)" || same=no
done
test "$same" = no || exit 0
failed=$({ { docker save "$@" || echo yes >&3; } | sudo -n "$k3s" ctr --namespace=k8s.io images import - >&2; } 3>&1) || exit
test -z "$failed"`;

/** Brings images to the node that it does not have yet. */
export const importImages = (images: readonly string[]): Command =>
  hostScript(importing, images, { timeoutSeconds: 1_800 });

/** What the look at a tag ends with when it was pushed with another content before. */
export const otherContent = 66;

/** Whether what is about to be pushed is what was pushed under this tag before. */
export const compareWithPushed = (image: string, pushedId: string): Command =>
  hostScript(
    sh`id=$(docker image inspect --format '{{.Id}}' "$1") || exit; test "$id" = "$2" || { echo "$1 was pushed as $2 before, and is $id now" >&2; exit ${otherContent}; }`,
    [image, pushedId],
  );

export const pushImage = (image: string): Command => onHost('docker', ['push', image], { timeoutSeconds: 1_800 });

/** Services whose Dockerfile is not on the host. */
export async function missingDockerfiles(
  context: DeployContext,
  images: readonly ServiceImage[],
): Promise<readonly Problem[]> {
  const files = [...new Set(images.map(({ dockerfile }) => dockerfile))];
  const look = hostScript(sh`for file; do test -f "$file" || printf "%s\\n" "$file"; done`, files);
  const missing = new Set((await hostText(context, look)).split('\n'));
  return images
    .filter(({ dockerfile }) => missing.has(dockerfile))
    .map(({ service, dockerfile }) => ({
      code: 'deploy/no-dockerfile',
      message: `${dockerfile}, from which the image of ${service} is built, is not on ${context.host ?? 'this machine'}`,
      suggestion: `copy the application there, or write its path below deploy.images.folder: dockerfiles: { ${service}: PATH }`,
    }));
}

/** What would not work, however well it is built. */
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
    message: `the kubelet would look for ${image} of ${name} in a registry and not use the imported one, because imagePullPolicy is Always`,
    suggestion: 'write: imagePullPolicy: IfNotPresent; or push it to a registry: deploy.images.registry',
  }));
}

/** The tag is the same whatever is pushed, and the manifests state the policy, so that Kubernetes' own does not apply. */
function pulledOnce(config: SystemConfig): Problem[] {
  const once = config.services.filter(
    (service) => isFloating(parseImage(service.image)) && pullPolicy(service, config) !== 'Always',
  );
  return once.map((service) => ({
    code: 'deploy/never-pulled-again',
    message: `a node that has ${service.image} of ${service.name} would go on with it whatever is pushed, because imagePullPolicy is ${pullPolicy(service, config)}`,
    suggestion: 'write beside it: imagePullPolicy: Always; or a tag that changes with the content',
  }));
}

const isFloating = (image: Image | undefined): boolean =>
  image !== undefined && image.digest === undefined && (image.tag ?? 'latest') === 'latest';

const namedByDigest = ({ service, image }: ServiceImage): Problem => ({
  code: 'deploy/image-by-digest',
  message: `${service} names its image by digest, ${image}, and no build can promise one`,
  suggestion: 'write a tag; or leave deploy.images.folder out when all images come from a registry',
});

/** What is pushed to one place while the pods look in another is never found. */
const elsewhere =
  ({ deploy }: SystemConfig) =>
  ({ service, image }: ServiceImage): Problem => ({
    code: 'deploy/image-elsewhere',
    message: `${service} runs ${image}, and images are pushed to ${deploy.images.registry}`,
    suggestion: `write: image: ${deploy.images.registry}/${parseImage(image)?.name.split('/').at(-1)}:${parseImage(image)?.tag ?? 'latest'}`,
  });

type Defaults = Pick<SystemConfig, 'serviceDefaults'>;

/** When the kubelet pulls the image of a service. */
export const pullPolicy = (service: ServiceConfig, { serviceDefaults }: Defaults) =>
  service.imagePullPolicy ?? serviceDefaults.imagePullPolicy;

/** Names of the services that run an image as the node has it, whatever else stands behind its tag by now. */
export const servicesThatKeep = (image: string, config: SystemConfig): string[] =>
  config.services
    .filter((service) => service.image === image && pullPolicy(service, config) !== 'Always')
    .map(({ name }) => name);

/** An image's name as containerd has it, e.g. `docker.io/library/shop:latest` for `shop`. */
export function fullReference(image: string): string {
  const { host = 'docker.io', name = image, tag = 'latest' } = parseImage(image) ?? {};
  return `${host}/${host === 'docker.io' && !name.includes('/') ? 'library/' : ''}${name}:${tag}`;
}
