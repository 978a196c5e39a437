import type { ServiceConfig } from '../../config/schema/service.ts';
import type { SystemConfig } from '../../config/schema/system.ts';

type Defaults = Pick<SystemConfig, 'serviceDefaults'>;

/** When the kubelet pulls the image of a service. */
export const pullPolicy = (service: ServiceConfig, { serviceDefaults }: Defaults) =>
  service.imagePullPolicy ?? serviceDefaults.imagePullPolicy;

/** Names of the services that run an image as the node has it, whatever else stands behind its tag by now. */
export const servicesThatKeep = (image: string, config: SystemConfig): string[] =>
  config.services
    .filter((service) => service.image === image && pullPolicy(service, config) !== 'Always')
    .map(({ name }) => name);
