import type { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from './context.ts';
import { oneLine } from './kube/read.ts';
import { failureOf, refuseWhenStopped } from './problems.ts';
import type { Action, Step } from './step.ts';

/** What keeps a plan from being exact, one line each. */
export interface Doubt {
  /**
   * Why the present state is not known.
   *
   * @default - it is
   */
  readonly unknown?: string;
  /**
   * Why a deployment would end here.
   *
   * @default - it would not
   */
  readonly refused?: string;
}

/** What a step would do now. */
export interface PlannedStep extends Doubt {
  readonly name: string;
  readonly title: string;
  readonly actions: readonly PlannedAction[];
}

export interface PlannedAction extends Doubt {
  readonly action: Action;
  /** Why there is nothing to do. */
  readonly alreadySo?: string;
}

/**
 * Looks at everything and changes nothing. What cannot be looked at, such as a cluster to be made, is to be done.
 *
 * @throws PodhostError when somebody has stopped it
 */
export async function planSteps(steps: readonly Step<string>[], context: DeployContext): Promise<PlannedStep[]> {
  const planned: PlannedStep[] = [];
  for (const step of steps) {
    planned.push(await planStep(step, context));
    // What failed because of that must not look like an unknown state.
    refuseWhenStopped(context);
  }
  return planned;
}

async function planStep({ name, title, actions }: Step<string>, context: DeployContext): Promise<PlannedStep> {
  let doubt: Doubt = {};
  const unasked = (error: PodhostError) => {
    doubt = doubtOf(error);
  };
  const looked = await orDoubt(context, () => actions({ ...context, unasked }));
  if ('doubt' in looked) {
    return { name, title, actions: [], ...looked.doubt };
  }
  const planned = await Promise.all(looked.value.map((action) => planAction(context, action)));
  return { name, title, actions: planned, ...doubt };
}

async function planAction(context: DeployContext, action: Action): Promise<PlannedAction> {
  const reason = await orDoubt(context, async () => (action.afterOthers === true ? undefined : action.alreadySo?.()));
  if ('doubt' in reason) {
    return { action, ...reason.doubt };
  }
  return reason.value === undefined ? { action } : { action, alreadySo: reason.value };
}

async function orDoubt<T>(
  context: DeployContext,
  look: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly doubt: Doubt }> {
  try {
    return { value: await look() };
  } catch (error) {
    return { doubt: doubtOf(failureOf(error, context)) };
  }
}

/** What is wrong with the input is wrong for a deployment as well. */
const doubtOf = ({ exitStatus, problems }: PodhostError): Doubt => {
  const reason = problems.map(oneLine).join('; ');
  return exitStatus === 3 ? { unknown: reason } : { refused: reason };
};
