import { PodhostError } from '../../problems/podhost-error.ts';
import type { StepName } from '../../run/context.ts';
import type { Step } from '../../run/step.ts';
import { applyStep } from './apply/step.ts';
import { collectorStep } from './collector/step.ts';
import { composeStep } from './compose/step.ts';
import { imagesStep } from './images/step.ts';
import { k3sStep } from './k3s/step.ts';
import { operatorStep } from './operator/step.ts';
import { preflightStep } from './preflight/step.ts';
import { restartStep } from './restart/step.ts';
import { secretsStep } from './secrets/step.ts';
import { verifyStep } from './verify/step.ts';

/** The steps of a deployment in order. */
export const deploySteps: readonly Step[] = [
  preflightStep,
  k3sStep,
  composeStep,
  imagesStep,
  secretsStep,
  collectorStep,
  operatorStep,
  applyStep,
  restartStep,
  verifyStep,
];

export interface Selection {
  /**
   * Steps to run.
   *
   * @default - all
   */
  readonly only?: readonly StepName[];
  /**
   * Steps to skip.
   *
   * @default - none
   */
  readonly skip?: readonly StepName[];
}

/**
 * Selects the steps of `--only` and `--skip`, in order.
 *
 * @throws PodhostError when no step remains
 */
export function selectedSteps(steps: readonly Step[], { only, skip = [] }: Selection): readonly Step[] {
  const left = steps.filter(({ name }) => (only?.includes(name) ?? true) && !skip.includes(name));
  if (left.length === 0) {
    throw new PodhostError([
      {
        code: 'deploy/no-step',
        message: `--only ${only?.join(' ') ?? '(all)'} and --skip ${skip.join(' ') || '(none)'} leave no step`,
        suggestion: 'remove one of the two options',
      },
    ]);
  }
  return left;
}
