import { ownValue } from '../own-value.ts';

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const host = `(?:localhost|${label}(?:\\.${label})+|${label}(?=:\\d))(?::\\d+)?`;

/**
 * Digits of a digest by the algorithms that container runtimes know.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/descriptor.md
 */
const digestDigits: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

const maximumTagLength = 128;

/** Lengths are compared afterwards: a pattern that counts to 128 takes milliseconds to compile. */
const reference = new RegExp(
  `^(?:(?<host>${host})/)?(?<name>${component}(?:/${component})*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]*))?(?:@(?<digest>(?<algorithm>sha\\d{3}):(?<digits>[0-9a-f]+)))?$`,
);

/** A name has at most 255 characters, a tag 128. */
const maximumLength = 600;

/** The parts of an image reference. @see https://pkg.go.dev/github.com/distribution/reference */
export interface Image {
  /** Registry; without it the image is local or of Docker Hub. */
  readonly host?: string;
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Longest path of a repository in a registry. */
export const maximumPathLength = 255;

/** The path in the registry: an image of Docker Hub without one is in `library`. */
export const repositoryPath = ({ host, name }: Image): string =>
  (host === undefined || host === 'docker.io') && !name.includes('/') ? `library/${name}` : name;

/** Whether it is what a container runtime takes for the id of an image. */
export const isImageId = ({ host, name, tag, digest }: Image): boolean =>
  host === undefined && tag === undefined && digest === undefined && /^[0-9a-f]{64}$/.test(name);

export function parseImage(written: string): Image | undefined {
  const groups = written.length > maximumLength ? undefined : reference.exec(written)?.groups;
  if (groups === undefined) {
    return undefined;
  }
  const { host, name = '', tag, digest, algorithm, digits } = groups;
  const isTooLong = tag !== undefined && tag.length > maximumTagLength;
  const isDigest = algorithm === undefined || digits?.length === ownValue(digestDigits, algorithm);
  return isTooLong || !isDigest ? undefined : { host, name, tag, digest };
}
