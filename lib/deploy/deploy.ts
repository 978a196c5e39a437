import { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from '../run/context.ts';
import { Lease } from '../run/lease.ts';
import { thisProcess } from '../run/lease-store.ts';
import type { Outcome } from '../run/outcome.ts';
import type { Reporter } from '../run/reporter.ts';
import { Tally } from '../run/reporter.ts';
import { runSteps } from '../run/runner.ts';
import type { Step } from '../run/step.ts';

/** Steps during which there may be no cluster yet, and so no Lease. */
const beforeCluster = ['preflight', 'k3s'];

export interface DeployProps {
  readonly context: DeployContext;
  readonly steps: readonly Step<string>[];
  readonly reporter: Reporter;
  /**
   * Asks for missing values after the preflight has succeeded.
   *
   * @throws PodhostError when there is no answer
   * @default - nothing is asked
   */
  readonly ask?: () => Promise<void>;
  /** Called when another run has taken the Lease over. */
  readonly onLost: () => void;
}

export interface DeployResult {
  readonly outcome: Outcome;
  /** Number of actions that ended. */
  readonly ended: number;
  /** Number of actions that ran a command. */
  readonly acted: number;
  /**
   * Reason why the Lease could not be released.
   *
   * @default - it was released
   */
  readonly notReleased?: string;
}

/** Runs the steps while holding the Lease of the system. */
export async function deploy({ context, steps, reporter, ask, onLost }: DeployProps): Promise<DeployResult> {
  const lease = new Lease(context, { holder: thisProcess(), onLost });
  const tally = new Tally(reporter);
  // The preflight alone changes nothing and needs no Lease.
  const onlyPreflight = steps.every(({ name }) => name === 'preflight');
  let hasAsked = false;
  const before = async (step: string) => {
    await hold(step);
    if (step !== 'preflight' && !hasAsked) {
      hasAsked = true;
      await ask?.();
    }
  };
  const hold = async (step: string) => {
    if (lease.isHeld || onlyPreflight) {
      return;
    }
    try {
      await lease.acquire();
    } catch (error) {
      const isRefused = error instanceof PodhostError && error.code === 'deploy/already-running';
      if (isRefused || !beforeCluster.includes(step)) {
        throw error;
      }
    }
  };
  try {
    const outcome = await runSteps(steps, { context, reporter: tally, before });
    const notReleased = await lease.release();
    const { ended, acted } = tally;
    return { outcome, ended, acted, ...(notReleased === undefined ? {} : { notReleased }) };
  } finally {
    await lease.release();
  }
}
