const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const host = '(?:localhost|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|[A-Za-z0-9-]+(?=:\\d))(?::\\d+)?';

const reference = new RegExp(
  `^(?:(?<host>${host})/)?(?<name>${component}(?:/${component})*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}))?$`,
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

export function parseImage(written: string): Image | undefined {
  const groups = written.length > maximumLength ? undefined : reference.exec(written)?.groups;
  return groups === undefined
    ? undefined
    : { host: groups['host'], name: groups['name'] ?? '', tag: groups['tag'], digest: groups['digest'] };
}
