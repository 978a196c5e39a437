import { RE2JS } from 're2js';
import { remembered } from '../text/remembered.ts';

/** Longer patterns, and those that repeat more, are not understood: a text is compared with all of a pattern. */
const maximumLength = 1000;
const maximumProgram = 2000;

/** A pattern of nothing but these is the text that it finds. */
const literal = /^[\w-]{1,100}$/;

/** Longer texts match nothing. */
const maximumText = 4000;

/** A regular expression as Go reads it, which takes linear time for any text. */
export interface GoPattern {
  /** Whether it occurs in a text. */
  readonly test: (text: string) => boolean;
  /** The texts of its named groups where it occurs first; undefined where it does not. */
  readonly groups: (text: string) => ReadonlyMap<string, string> | undefined;
}

/**
 * Compiles a regular expression of a collector's configuration; undefined where it is none.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export const goPattern = remembered((text): GoPattern | undefined => {
  if (literal.test(text)) {
    const test = (subject: string) => subject.length <= maximumText && subject.includes(text);
    return { test, groups: (subject) => (test(subject) ? new Map() : undefined) };
  }
  const pattern = text.length > maximumLength ? undefined : compiled(text);
  if (pattern === undefined) {
    return undefined;
  }
  const matcherOf = (subject: string) => (subject.length > maximumText ? undefined : pattern.matcher(subject));
  return {
    test: (subject) => matcherOf(subject)?.find() === true,
    groups: (subject) => {
      const matcher = matcherOf(subject);
      const names = Object.keys(pattern.namedGroups());
      return matcher?.find() === true ? new Map(names.map((name) => [name, matcher.group(name) ?? ''])) : undefined;
    },
  };
});

function compiled(text: string): RE2JS | undefined {
  try {
    const pattern = RE2JS.compile(text);
    return pattern.programSize() > maximumProgram ? undefined : pattern;
  } catch {
    return undefined;
  }
}
