import type { DeployContext } from './context.ts';
import type { Outcome } from './outcome.ts';
import { failureOf, refuseWhenStopped } from './problems.ts';
import type { Reporter } from './reporter.ts';
import { ActionFailure, runAction } from './run-action.ts';
import type { Step } from './step.ts';

export interface RunStepsProps {
  readonly context: DeployContext;
  readonly reporter: Reporter;
  /**
   * What must be so before a step may begin.
   *
   * @throws PodhostError when it may not
   * @default - nothing
   */
  readonly before?: (step: string) => Promise<void>;
}

/** Runs the steps in their order until one fails, and tells where that was. It does not throw what it can tell. */
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
      if (error instanceof ActionFailure) {
        const { action, undone, problems } = error;
        return { ...at, action, undone, error: problems };
      }
      return { ...at, error: failureOf(error, context) };
    }
  }
  return { done };
}

async function runStep(step: Step<string>, context: DeployContext, reporter: Reporter): Promise<void> {
  let failed = true;
  reporter.stepStarted(step.title);
  try {
    const actions = await step.actions(context);
    // A look that was stopped may have brought less than there is to do.
    refuseWhenStopped(context);
    const size = typeof step.parallel === 'function' ? step.parallel(context) : (step.parallel ?? 1);
    await inPool(actions, size, (action) => runAction(action, context, reporter));
    failed = false;
  } finally {
    await reporter.stepEnded(failed);
  }
}

/**
 * Does something with every item, some at a time and in their order. After a failure nothing is begun any more, and
 * what runs is waited for.
 *
 * @throws what the first failure threw
 */
export async function inPool<T>(items: readonly T[], size: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0) {
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(size, items.length)) }, worker));
  if (failures.length > 0) {
    throw failures[0];
  }
}
