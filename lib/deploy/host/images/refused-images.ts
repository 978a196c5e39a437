import { parseImage } from '../../../config/rules/support/image.ts';
import type { SystemConfig } from '../../../config/schema/system.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { ServiceImage } from './image-build.ts';

/** What would not work, however well it is built. */
export const refusedImages = (config: SystemConfig, images: readonly ServiceImage[]): Problem[] => [
  ...images.filter(({ image }) => parseImage(image)?.digest !== undefined).map(namedByDigest),
  ...(config.deploy.images.registry === undefined
    ? pulledAlways(config)
    : images.filter(({ image }) => !image.startsWith(`${config.deploy.images.registry}/`)).map(elsewhere(config))),
];

function pulledAlways({ services, serviceDefaults }: SystemConfig): Problem[] {
  const always = services.filter(
    (service) => (service.imagePullPolicy ?? serviceDefaults.imagePullPolicy) === 'Always',
  );
  return always.map(({ name, image }) => ({
    code: 'deploy/always-pulled',
    message: `the kubelet would look for ${image} of ${name} in a registry and not use the imported one, because imagePullPolicy is Always`,
    suggestion: 'write: imagePullPolicy: IfNotPresent; or push it to a registry: deploy.images.registry',
  }));
}

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
