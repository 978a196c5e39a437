import { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from '../run/context.ts';
import { Lease } from '../run/lease.ts';
import { thisProcess } from '../run/lease-store.ts';
import type { Outcome } from '../run/outcome.ts';
import type { Reporter } from '../run/reporter.ts';
import { Tally } from '../run/reporter.ts';
import { runSteps } from '../run/runner.ts';
import type { Step } from '../run/step.ts';

/** Before these there may be no cluster, and so nobody to ask for the Lease. */
const beforeCluster = ['preflight', 'k3s'];

export interface DeployProps {
  readonly context: DeployContext;
  readonly steps: readonly Step<string>[];
  readonly reporter: Reporter;
  /**
   * Asks a person for what only they know, when the preflight has found all else good.
   *
   * @throws PodhostError when nobody answers
   * @default - nobody is asked
   */
  readonly ask?: () => Promise<void>;
  /** Is told when another run has taken over. */
  readonly onLost: () => void;
}

export interface DeployResult {
  readonly outcome: Outcome;
  /** Actions that came to an end. */
  readonly ended: number;
  /** Those of them of which a command has run. */
  readonly acted: number;
  /**
   * Why the Lease could not be given back.
   *
   * @default - it was
   */
  readonly notReleased?: string;
}

/** Runs the steps while no other run works on the same system. */
export async function deploy({ context, steps, reporter, ask, onLost }: DeployProps): Promise<DeployResult> {
  const lease = new Lease(context, { holder: thisProcess(), onLost });
  const tally = new Tally(reporter);
  // Who only looks is in nobody's way.
  const onlyLooks = steps.every(({ name }) => name === 'preflight');
  let hasAsked = false;
  const before = async (step: string) => {
    await hold(step);
    if (step !== 'preflight' && !hasAsked) {
      hasAsked = true;
      await ask?.();
    }
  };
  const hold = async (step: string) => {
    if (lease.isHeld || onlyLooks) {
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
