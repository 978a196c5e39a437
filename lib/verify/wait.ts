import { setTimeout as sleep } from 'node:timers/promises';
import type { Verification } from './verification.ts';
import { isWorthWaiting } from './verify-system.ts';

export interface WaitProps {
  /** How long to wait at most, in milliseconds, whatever the last result is or by it; 0: not at all. */
  readonly milliseconds: number | ((verification: Verification) => number);
  /** @default 15_000 */
  readonly intervalMilliseconds?: number;
  /** Verifies once. */
  readonly verify: () => Promise<Verification>;
  /** Is called after each run that is not the last. */
  readonly progress: (verification: Verification, remainingMilliseconds: number) => void;
  /**
   * Whether another run may have another result.
   *
   * @default isWorthWaiting
   */
  readonly isOpen?: (verification: Verification) => boolean;
  /** Ends the waiting; the last result is returned. */
  readonly signal?: AbortSignal;
}

/** Verifies until all that was asked is proven, nothing can change by itself, or the time is over. */
export async function verifyUntilProven(props: WaitProps): Promise<Verification> {
  const { verify, progress, signal, milliseconds, isOpen = isWorthWaiting, intervalMilliseconds = 15_000 } = props;
  const start = Date.now();
  const limit = typeof milliseconds === 'number' ? () => milliseconds : milliseconds;
  for (;;) {
    const verification = await verify();
    const remaining = start + limit(verification) - Date.now();
    if (remaining <= 0 || signal?.aborted === true || !isOpen(verification)) {
      return verification;
    }
    progress(verification, remaining);
    try {
      await sleep(Math.min(intervalMilliseconds, remaining), undefined, signal === undefined ? {} : { signal });
    } catch {
      return verification;
    }
  }
}
