import type { PodhostError } from '../problems/podhost-error.ts';
import { visibleLine } from '../text/visible.ts';
import type { Undone } from './run-action.ts';

/** Where a run came to. */
export type Outcome = Completed | Interrupted;

export interface Completed {
  readonly done: readonly string[];
}

/** A run that failed or was stopped. */
export interface Interrupted {
  readonly done: readonly string[];
  readonly step: string;
  /**
   * The action that failed.
   *
   * @default - it had not come to one
   */
  readonly action?: string;
  /**
   * What was taken back.
   *
   * @default - nothing had been done
   */
  readonly undone?: Undone;
  readonly notReached: readonly string[];
  /** Whether somebody stopped it. */
  readonly stopped: boolean;
  readonly error: PodhostError;
}

/** Where a run stood when it ended too early, and what the next one will do. */
export function outcomeText({ done, step, action, undone, notReached }: Interrupted): string {
  return [
    `Stopped in step ${step}${action === undefined ? '' : `, at: ${action}`}.`,
    ...undoneText(undone),
    `Done before: ${listed(done)}. Not begun: ${listed(notReached)}.`,
    `The next run looks at each step again, leaves alone what is already so, and goes on at ${step}.`,
  ]
    .map(visibleLine)
    .join('\n');
}

function undoneText(undone: Undone | undefined): string[] {
  switch (undone?.succeeded) {
    case undefined:
      return [];
    case true:
      return [`Taken back: ${undone?.title}.`];
    case false:
      return [`Taking it back failed as well, so it is half done: ${undone?.title}.`];
  }
}

const listed = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '));
