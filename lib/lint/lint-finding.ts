import type { Place } from '../problems/problem.ts';
import type { Fix, RuleDescription, Severity } from './rule.ts';

/** A note fails no run: the model does not know whether something is wrong. */
export type Level = Severity | 'note';

/** A rule's finding with everything that a report needs. */
export interface LintFinding {
  readonly rule: RuleDescription;
  readonly level: Level;
  readonly message: string;
  readonly place: Place;
  /** What to write or do; of a note only the suggestion for just this case. */
  readonly suggestion: string | undefined;
  /** The object that it is about, e.g. `Deployment shop/api-gateway`. */
  readonly object: string | undefined;
  /** Whether the line must not be shown. */
  readonly confidential: boolean;
  readonly fix: Fix | undefined;
  /** How many other places a note with the same words was not reported for. */
  readonly repeats: number;
  /** The values file whose rendered manifests it was found in; its place is then one in those. */
  readonly renderedFrom: string | undefined;
}

/** A finding that its author has answered for. */
export interface SuppressedFinding {
  readonly finding: LintFinding;
  readonly reason: string;
}
