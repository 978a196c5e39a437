import type { SystemConfig } from '../../config/schema/system.ts';

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
    dockerfile: `${folder.replace(/\/+$/, '')}/${deploy.images.dockerfiles[name] ?? `services/${name}/Dockerfile`}`,
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
