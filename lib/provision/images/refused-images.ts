import { type Image, parseImage } from '../../config/rules/support/image.ts';
import type { SystemConfig } from '../../config/schema/system.ts';
import type { Problem } from '../../problems/problem.ts';
import type { ServiceImage } from './builds.ts';
import { pullPolicy } from './pull-policy.ts';

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
