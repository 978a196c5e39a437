import type { PodhostError } from '../problems/podhost-error.ts';
import { visibleLine } from '../text/visible.ts';
import type { Rollback } from './run-action.ts';

/** Result of a run. */
export type Outcome = Completed | Interrupted;

export interface Completed {
  readonly done: readonly string[];
}

/** Result of a run that failed or was stopped. */
export interface Interrupted {
  readonly done: readonly string[];
  readonly step: string;
  /**
   * The action that failed.
   *
   * @default - no action had started
   */
  readonly action?: string;
  /**
   * The rollback of that action.
   *
   * @default - nothing had changed
   */
  readonly rollback?: Rollback;
  readonly notReached: readonly string[];
  /** Whether the run was stopped by a signal or another run. */
  readonly stopped: boolean;
  readonly error: PodhostError;
}

/** Describes where a run ended early and what the next run does. */
export function outcomeText({ done, step, action, rollback, notReached }: Interrupted): string {
  return [
    `Stopped in step ${step}${action === undefined ? '' : `, at: ${action}`}.`,
    ...rollbackText(rollback),
    `Completed: ${listed(done)}. Not started: ${listed(notReached)}.`,
    `The next run checks each step again, skips what is up to date, and continues at ${step}.`,
  ]
    .map(visibleLine)
    .join('\n');
}

function rollbackText(rollback: Rollback | undefined): string[] {
  switch (rollback?.succeeded) {
    case undefined:
      return [];
    case true:
      return [`Rolled back: ${rollback?.title}.`];
    case false:
      return [`The rollback failed too, so this action may be incomplete: ${rollback?.title}.`];
  }
}

const listed = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '));
