import { didYouMean } from '../../../text/did-you-mean.ts';
import { oneOf } from '../../../text/list.ts';
import type { Located } from '../../reading/located.ts';

/** Names that a reference can lead to. */
export interface Names {
  readonly all: readonly string[];
  /** Whether a name that is itself a problem may be the one that is meant. */
  readonly mayMean: (reference: string) => boolean;
}

/**
 * The names that the entries of a list have.
 *
 * @param nameOf where an entry has its name
 * @default nameOf - the entry itself
 */
export function namesOf(list: Located, nameOf: (entry: Located) => Located = (entry) => entry): Names {
  const names = list.items().map(nameOf);
  const malformed = names.filter((name) => name.text() === undefined).map((name) => name.written());
  return {
    all: names.flatMap((name) => name.text() ?? []),
    mayMean: (reference) =>
      !list.isSound || malformed.some((name) => name === undefined || didYouMean(reference, [name]) !== undefined),
  };
}

/** Whether a reference certainly leads nowhere. */
export const isUnknown = (reference: string, { all, mayMean }: Names): boolean =>
  !all.includes(reference) && !mayMean(reference);

/** `write: …` for the nearest of the names, or what else can be done. */
export function suggestName(reference: string, names: readonly string[], otherwise: string): string {
  const meant = didYouMean(reference, names);
  if (meant !== undefined) {
    return `write: ${meant}`;
  }
  return names.length === 0 ? otherwise : `${otherwise}, or write: ${oneOf(names)}`;
}
