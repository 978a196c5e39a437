import { parseImage } from '../../config/rules/support/image.ts';

/** An image's name as containerd has it, e.g. `docker.io/library/shop:latest` for `shop`. */
export function fullReference(image: string): string {
  const { host = 'docker.io', name = image, tag = 'latest' } = parseImage(image) ?? {};
  return `${host}/${host === 'docker.io' && !name.includes('/') ? 'library/' : ''}${name}:${tag}`;
}
