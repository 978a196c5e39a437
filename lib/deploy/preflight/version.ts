/** A release, as far as it matters. */
export interface Version {
  readonly major: number;
  readonly minor: number;
}

/** The first version in a text, such as `v1.34.4+k3s1` or `Docker version 27.1.0, build x`. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor] = /\bv?(\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

export const isOlder = (one: Version, other: Version): boolean =>
  one.major === other.major ? one.minor < other.minor : one.major < other.major;

export const written = ({ major, minor }: Version): string => `${major}.${minor}`;
