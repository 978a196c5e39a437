import type { DeployContext } from './context.ts';
import type { Outcome } from './outcome.ts';
import { refuseWhenStopped, runError } from './problems.ts';
import type { Reporter } from './reporter.ts';
import { ActionError, runAction } from './run-action.ts';
import type { Step } from './step.ts';

export interface RunStepsProps {
  readonly context: DeployContext;
  readonly reporter: Reporter;
  /**
   * Runs before each step.
   *
   * @throws PodhostError when the step must not start
   * @default - nothing
   */
  readonly before?: (step: string) => Promise<void>;
}

/** Runs the steps in order until one fails. Errors of a run are part of the outcome and are not thrown. */
export async function runSteps(
  steps: readonly Step<string>[],
  { context, reporter, before }: RunStepsProps,
): Promise<Outcome> {
  const done: string[] = [];
  for (const [index, step] of steps.entries()) {
    try {
      refuseWhenStopped(context);
      await before?.(step.name);
      await runStep(step, context, reporter);
      done.push(step.name);
    } catch (error) {
      const notReached = steps.slice(index + 1).map(({ name }) => name);
      const at = { done, step: step.name, notReached, stopped: context.signal.aborted };
      if (error instanceof ActionError) {
        const { action, rollback, problems } = error;
        return { ...at, action, rollback, error: problems };
      }
      return { ...at, error: runError(error, context) };
    }
  }
  return { done };
}

async function runStep(step: Step<string>, context: DeployContext, reporter: Reporter): Promise<void> {
  let failed = true;
  reporter.stepStarted(step.title);
  try {
    const actions = await step.actions(context);
    // After a stop the list of actions may be incomplete.
    refuseWhenStopped(context);
    const size = typeof step.parallel === 'function' ? step.parallel(context) : (step.parallel ?? 1);
    await inPool(actions, size, (action) => runAction(action, context, reporter));
    failed = false;
  } finally {
    await reporter.stepEnded(failed);
  }
}

/**
 * Processes the items in order with limited concurrency. After an error no further item is started, and the running ones
 * are awaited.
 *
 * @throws the first error
 */
export async function inPool<T>(items: readonly T[], size: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const errors: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      try {
        await work(item);
      } catch (error) {
        errors.push(error);
      }
      if (errors.length > 0) {
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(size, items.length)) }, worker));
  if (errors.length > 0) {
    throw errors[0];
  }
}
