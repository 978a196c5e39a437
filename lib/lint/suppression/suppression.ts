import type { Manifest } from '../../model/manifest.ts';
import type { Place } from '../../problems/problem.ts';

/** An annotation or a comment that hides the findings of a rule here. */
export interface Suppression {
  readonly ruleId: string;
  /** Why; empty where it does not say, and then it suppresses nothing. */
  readonly reason: string;
  /** The object that it is written on; undefined for a comment. */
  readonly manifest: Manifest | undefined;
  /** Where it is written. */
  place(): Place;
}
