import type { Located } from '../../reading/located.ts';
import { didYouMean } from '../../shape/did-you-mean.ts';

/** Names that a reference can lead to. */
export interface Names {
  readonly all: readonly string[];
  /** Whether something with a missing or malformed name might be what is meant. */
  readonly incomplete: boolean;
}

/** The names of a list's entries, or a list of names itself. */
export function namesOf(values: readonly Located[]): Names {
  const texts = values.map((value) => value.text());
  const all = texts.filter((text) => text !== undefined);
  return { all, incomplete: all.length < texts.length };
}

/** Whether a reference certainly leads nowhere: not while a name that could be meant is itself a problem. */
export const isUnknown = (reference: string, { all, incomplete }: Names): boolean =>
  !all.includes(reference) && !incomplete;

/** `write: …` for the nearest of the names, or all there are. */
export function suggestName(reference: string, names: readonly string[], otherwise: string): string {
  const meant = didYouMean(reference, names);
  if (meant !== undefined) {
    return `write: ${meant}`;
  }
  return names.length === 0 ? otherwise : `${otherwise}, or write: ${names.join(' or ')}`;
}
