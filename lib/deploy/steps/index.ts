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

/** Everything that a deployment does, in its order. */
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
