import type { Certainty } from '../model/certainty.ts';
import type { Place } from '../problems/problem.ts';

/** One thing that is known, and where it is written. */
export interface Reason {
  /** What is known; a clause that can stand after "because". */
  readonly message: string;
  /**
   * The line where it is written.
   *
   * @default - it stands in no line that was read
   */
  readonly place?: Place;
}

/** One step on the path of a span. */
export interface Hop {
  /** What the step is, e.g. `SDK`; the same for every service, and in the same order. */
  readonly name: string;
  readonly status: Certainty;
  /** What happens there, one sentence without a full stop. */
  readonly message: string;
  /** Why that is known, or what keeps it from working. */
  readonly reasons: readonly Reason[];
  /**
   * The line that decides it.
   *
   * @default - nothing that was read decides it
   */
  readonly place?: Place;
}

/** What a step comes to, beside its name. */
export type Verdict = Omit<Hop, 'name'>;
