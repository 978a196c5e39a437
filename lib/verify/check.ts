import type { Place } from '../problems/problem.ts';
import type { HopId } from './hop.ts';

/**
 * What is known of one statement. `transition`: it is expected to hold soon, e.g. during a rollout. `unchecked`: nothing
 * proves or refutes it.
 */
export type CheckStatus = 'proven' | 'broken' | 'transition' | 'unchecked';

/** `blocked`: it fails, and so does an earlier hop that it needs. */
export type CellStatus = CheckStatus | 'blocked';

/** Something that was read, and that a verdict rests on. */
export interface Evidence {
  readonly message: string;
  /** @default - it stands in no file */
  readonly place?: Place;
}

/** The result of one check. */
export interface HopCheck {
  /** Stable identifier, `hop/what`. */
  readonly id: `${HopId}/${string}`;
  readonly status: CheckStatus;
  /** What holds, or why it does not or is not known; one sentence without a full stop. */
  readonly message: string;
  /**
   * The one command, or the text, that mends it.
   *
   * @default - nothing is known to mend it
   */
  readonly remedy?: string;
  /**
   * The line to change.
   *
   * @default - no line that was read decides it
   */
  readonly place?: Place;
  /** What the verdict rests on: counts, times, queries. */
  readonly evidence: readonly Evidence[];
}

/** What a check may have besides; undefined as well as missing. */
type Details = { readonly [Key in 'remedy' | 'place' | 'evidence']?: HopCheck[Key] | undefined };

const check =
  (status: CheckStatus) =>
  (id: HopCheck['id'], message: string, { remedy, place, evidence = [] }: Details = {}): HopCheck => ({
    id,
    status,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(place === undefined ? {} : { place }),
    evidence,
  });

export const proven = check('proven');
export const broken = check('broken');
export const inTransition = check('transition');
export const unchecked = check('unchecked');

/** The hop that a check belongs to. */
export const hopIdOf = ({ id }: Pick<HopCheck, 'id'>): string => id.slice(0, id.indexOf('/'));

/** Evidence from sentences. */
export const sentences = (...messages: readonly string[]): Evidence[] => messages.map((message) => ({ message }));
