import type { Problem } from '../../problems/problem.ts';
import type { Inquiry } from './preflight-run.ts';
import type { Scope } from './scope.ts';

/** What something else must be there for. */
export type Facility = 'dist' | 'kubectl' | 'helm' | 'host' | 'cluster';

/** What a look has brought. */
export interface Findings {
  /**
   * What keeps the deployment from succeeding.
   *
   * @default - nothing does
   */
  readonly problems?: readonly Problem[];
  /**
   * What is good to know, and keeps nothing from succeeding.
   *
   * @default - nothing
   */
  readonly notes?: readonly string[];
  /**
   * Whether what the check looks for is not there, without that being a problem: a step brings it.
   *
   * @default false
   */
  readonly isAbsent?: boolean;
}

/** One thing that can be known before anything is changed. */
export interface Check {
  /** What is looked at, e.g. `nodes`. */
  readonly name: string;
  /** What must be there to look. Where it is not, that was reported, and this check says nothing. */
  readonly needs: readonly Facility[];
  /** Whether the steps that run depend on it. */
  isNeeded(scope: Scope): boolean;
  /**
   * Looks, and changes nothing.
   *
   * @throws PodhostError when looking itself failed
   */
  look(inquiry: Inquiry): Promise<Findings>;
}
