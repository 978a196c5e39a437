import { setTimeout as sleep } from 'node:timers/promises';
import type { Verification } from './verification.ts';

export interface WatchProps {
  /** @default 30_000 */
  readonly intervalMilliseconds?: number;
  /** Verifies once. */
  readonly verify: () => Promise<Verification>;
  /** Is called after each run, with the result of the one before. */
  readonly show: (verification: Verification, before: Verification | undefined) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Verifies again and again until it is interrupted.
 *
 * @returns the last result that is whole; undefined where there is none
 */
export async function watch(props: WatchProps): Promise<Verification | undefined> {
  const { verify, show, signal, intervalMilliseconds = 30_000 } = props;
  let before: Verification | undefined;
  while (!signal.aborted) {
    const verification = await verify();
    if (signal.aborted) {
      return before;
    }
    show(verification, before);
    before = verification;
    try {
      await sleep(intervalMilliseconds, undefined, { signal });
    } catch {
      return before;
    }
  }
  return before;
}
