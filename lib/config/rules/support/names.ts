import { didYouMean, nearest } from '../../../text/did-you-mean.ts';
import { oneOf } from '../../../text/list.ts';
import type { Located } from '../../reading/located.ts';

/** Longer lists are not filtered for each reference. */
const maximumFiltered = 100;

/** Names that a reference can lead to. */
export interface Names {
  readonly all: readonly string[];
  readonly has: (name: string) => boolean;
  /** Whether a name that is itself a problem may be the one that is meant. */
  readonly mayMean: (reference: string) => boolean;
}

/**
 * The names that the entries of a list have.
 *
 * @param nameOf where an entry has its name
 * @default nameOf - the entry itself
 */
export function namesIn(list: Located, nameOf: (entry: Located) => Located = (entry) => entry): Names {
  const names = list.items().map(nameOf);
  const all = names.flatMap((name) => name.text() ?? []);
  const known = new Set(all);
  const malformed = names.filter((name) => name.text() === undefined).map((name) => name.written());
  const written = malformed.filter((name) => name !== undefined);
  const mayMeanAny = !list.isSound || written.length < malformed.length;
  return {
    all,
    has: (name) => known.has(name),
    mayMean: (reference) => mayMeanAny || didYouMean(reference, written) !== undefined,
  };
}

/** Whether a reference certainly leads nowhere. */
export const isUnknown = (reference: string, { has, mayMean }: Names): boolean =>
  !has(reference) && !mayMean(reference);

/**
 * `write: …` for the nearest of the names, or what else can be done.
 *
 * @param isFree whether a name may be suggested
 * @default isFree - every one may
 */
export function suggestName(
  reference: string,
  names: readonly string[],
  otherwise: string,
  isFree: (name: string) => boolean = () => true,
): string {
  // A long list stays as it is, so that its index is made once.
  const free = names.length > maximumFiltered ? names : names.filter(isFree);
  const meant = nearest(reference, free).find(isFree);
  if (meant !== undefined) {
    return `write: ${meant}`;
  }
  return free.length === 0 || free.length > maximumFiltered ? otherwise : `${otherwise}, or write: ${oneOf(free)}`;
}
