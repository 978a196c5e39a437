import type { Problem } from '../../problems/problem.ts';
import type { CommandResult } from '../../run/command/command.ts';

/** Major and minor version. */
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

/** The problem of a program that is missing or does not run. */
export function missingTool(program: string, { stderr }: CommandResult, install: string): Problem {
  const [why = ''] = stderr.trim().split('\n');
  return {
    code: `deploy/no-${program}`,
    message: why.includes(program) ? why : `${program} does not run${why === '' ? '' : `: ${why}`}`,
    suggestion: install,
  };
}

/** The problem of a program that is too old. */
export const oldTool = (program: string, found: string, oldest: Version, install: string): Problem => ({
  code: `deploy/old-${program}`,
  message: `${program} ${found} is older than ${written(oldest)}, the oldest supported version`,
  suggestion: install,
});
