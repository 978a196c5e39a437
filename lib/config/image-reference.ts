const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const host = `(?:localhost|${label}(?:\\.${label})+|${label}(?=:\\d))(?::\\d+)?`;

/** The algorithms that container runtimes know. @see https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
const digest = 'sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}';

const reference = new RegExp(
  `^(?:(?<host>${host})/)?(?<name>${component}(?:/${component})*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>${digest}))?$`,
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
  return groups === undefined
    ? undefined
    : { host: groups['host'], name: groups['name'] ?? '', tag: groups['tag'], digest: groups['digest'] };
}
