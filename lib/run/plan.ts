import type { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from './context.ts';
import { oneLine } from './kube/read.ts';
import { refuseWhenStopped, runError } from './problems.ts';
import type { Action, Step } from './step.ts';

/** Reasons why a plan is not exact, one line each. */
export interface PlanProblems {
  /**
   * Reason why the current state is unknown.
   *
   * @default - the state is known
   */
  readonly unknown?: string;
  /**
   * Reason why a deployment would fail here.
   *
   * @default - it would not fail
   */
  readonly refused?: string;
}

/** A step with the actions that it would run now. */
export interface PlannedStep extends PlanProblems {
  readonly name: string;
  readonly title: string;
  readonly actions: readonly PlannedAction[];
}

export interface PlannedAction extends PlanProblems {
  readonly action: Action;
  /** Reason why the cluster already has the desired state. */
  readonly upToDate?: string;
}

/**
 * Plans all steps without changing anything. An action whose state is unknown, e.g. because there is no cluster yet, is
 * planned to run.
 *
 * @throws PodhostError when the run was stopped
 */
export async function planSteps(steps: readonly Step<string>[], context: DeployContext): Promise<PlannedStep[]> {
  const planned: PlannedStep[] = [];
  for (const step of steps) {
    planned.push(await planStep(step, context));
    // A lookup that failed because of the stop must not be reported as an unknown state.
    refuseWhenStopped(context);
  }
  return planned;
}

async function planStep({ name, title, actions }: Step<string>, context: DeployContext): Promise<PlannedStep> {
  let problems: PlanProblems = {};
  const onUnknownState = (error: PodhostError) => {
    problems = planProblems(error);
  };
  const found = await orProblems(context, () => actions({ ...context, onUnknownState }));
  if ('problems' in found) {
    return { name, title, actions: [], ...found.problems };
  }
  const planned = await Promise.all(found.value.map((action) => planAction(context, action)));
  return { name, title, actions: planned, ...problems };
}

async function planAction(context: DeployContext, action: Action): Promise<PlannedAction> {
  const reason = await orProblems(context, async () => (action.afterOthers === true ? undefined : action.upToDate?.()));
  if ('problems' in reason) {
    return { action, ...reason.problems };
  }
  return reason.value === undefined ? { action } : { action, upToDate: reason.value };
}

async function orProblems<T>(
  context: DeployContext,
  lookup: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly problems: PlanProblems }> {
  try {
    return { value: await lookup() };
  } catch (error) {
    return { problems: planProblems(runError(error, context)) };
  }
}

/** An error of the input would stop a deployment too. */
const planProblems = ({ exitStatus, problems }: PodhostError): PlanProblems => {
  const reason = problems.map(oneLine).join('; ');
  return exitStatus === 3 ? { unknown: reason } : { refused: reason };
};
