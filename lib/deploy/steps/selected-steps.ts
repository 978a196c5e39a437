import { PodhostError } from '../../problems/podhost-error.ts';
import type { Step, StepName } from '../../run/step.ts';

export interface Selection {
  /**
   * Steps to run.
   *
   * @default - all
   */
  readonly only?: readonly StepName[];
  /**
   * Steps to leave out.
   *
   * @default - none
   */
  readonly skip?: readonly StepName[];
}

/**
 * The steps that `--only` and `--skip` leave, in their own order.
 *
 * @throws PodhostError when none is left
 */
export function selectedSteps(steps: readonly Step[], { only, skip = [] }: Selection): readonly Step[] {
  const left = steps.filter(({ name }) => (only?.includes(name) ?? true) && !skip.includes(name));
  if (left.length === 0) {
    throw new PodhostError([
      {
        code: 'deploy/no-step',
        message: `--only ${only?.join(' ') ?? '(all)'} and --skip ${skip.join(' ') || '(none)'} leave no step`,
        suggestion: 'leave one of the two out',
      },
    ]);
  }
  return left;
}
