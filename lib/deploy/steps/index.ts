import type { Step } from '../step.ts';
import { applyStep } from './apply.ts';
import { collectorStep } from './collector.ts';
import { composeStep } from './compose.ts';
import { imagesStep } from './images.ts';
import { k3sStep } from './k3s.ts';
import { operatorStep } from './operator.ts';
import { preflightStep } from './preflight.ts';
import { restartStep } from './restart.ts';
import { secretsStep } from './secrets.ts';
import { verifyStep } from './verify.ts';

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
