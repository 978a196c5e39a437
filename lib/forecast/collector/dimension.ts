import type { Path } from '../../yaml/value.ts';
import { listAt, type Mapping, textAt } from '../../yaml/value.ts';

/** One entry in a list of dimensions. */
export interface Dimension {
  /** Name of the attribute, or the pattern of several. */
  readonly name: string;
  /** Undefined for a plain name. */
  readonly pattern: RegExp | undefined;
  /** What a span counts as that does not have it; undefined: it has no such label. */
  readonly fallback: string | undefined;
}

export function dimensionsOf(settings: Mapping, ...path: Path): Dimension[] {
  return listAt(settings, ...path).flatMap((entry): Dimension[] => {
    const name = textAt(entry, 'name');
    const glob = textAt(entry, 'glob');
    if (name !== undefined) {
      return [{ name, pattern: undefined, fallback: textAt(entry, 'default') }];
    }
    return glob === undefined ? [] : [{ name: glob, pattern: globPattern(glob), fallback: undefined }];
  });
}

/** The names of attributes that dimensions take, of those that there are. */
export const takenNames = (dimensions: readonly Dimension[], names: Iterable<string>): string[] => [
  ...new Set(
    [...dimensions].flatMap(({ name, pattern }) =>
      pattern === undefined ? [name] : [...names].filter((candidate) => pattern.test(candidate)),
    ),
  ),
];

/** `*` is anything but a dot, `**` anything. */
const globPattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob.replaceAll(/\*\*|[*?{},]|[^\w\s]/g, (part) => globParts.get(part) ?? (part === '-' ? '-' : `\\${part}`))}$`,
  );

const globParts: ReadonlyMap<string, string> = new Map([
  ['**', '.*'],
  ['*', '[^.]*'],
  ['?', '[^.]'],
  ['{', '(?:'],
  [',', '|'],
  ['}', ')'],
]);
