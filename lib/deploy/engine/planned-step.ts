import { PodhostError } from '../../problems/podhost-error.ts';
import type { Action } from '../action.ts';
import type { DeployContext } from '../deploy-context.ts';
import type { Step } from '../step.ts';
import { refuseWhenStopped } from './failure.ts';

/** What a step would do now. */
export interface PlannedStep {
  readonly name: string;
  readonly title: string;
  readonly actions: readonly PlannedAction[];
  /** Why its actions could not be told. */
  readonly unknown?: string;
}

export interface PlannedAction {
  readonly action: Action;
  /** Why there is nothing to do. */
  readonly alreadySo?: string;
}

/**
 * Looks at everything and changes nothing. What cannot be looked at yet, such as a cluster to be made, is to be done.
 *
 * @throws PodhostError when somebody has stopped it
 */
export async function planSteps(steps: readonly Step<string>[], context: DeployContext): Promise<PlannedStep[]> {
  const planned: PlannedStep[] = [];
  for (const step of steps) {
    const { name, title } = step;
    const actions = await unlessUnknown(() => step.actions(context));
    planned.push(
      'unknown' in actions
        ? { name, title, actions: [], unknown: actions.unknown }
        : { name, title, actions: await Promise.all(actions.value.map(planAction)) },
    );
    // What could not be told because of that must not look like what cannot be told.
    refuseWhenStopped(context);
  }
  return planned;
}

async function planAction(action: Action): Promise<PlannedAction> {
  const reason = await unlessUnknown(async () => (action.afterOthers === true ? undefined : action.alreadySo?.()));
  return 'unknown' in reason || reason.value === undefined ? { action } : { action, alreadySo: reason.value };
}

async function unlessUnknown<T>(look: () => Promise<T>): Promise<{ value: T } | { unknown: string }> {
  try {
    return { value: await look() };
  } catch (error) {
    if (error instanceof PodhostError) {
      return { unknown: error.message };
    }
    throw error;
  }
}
