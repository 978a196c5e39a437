import type { Step } from '../../../run/step.ts';
import { aliasCheck } from './alias.ts';
import { certificateCheck } from './certificate.ts';
import { agentsCheck } from './collector-checks.ts';
import { deliveryChecks } from './delivery-checks.ts';
import { refusedKeyCheck } from './refused-key.ts';

/** Looks at what can be seen at once. Whether spans arrive only shows when there are some. */
export const verifyStep: Step = {
  name: 'verify',
  title: 'Verification',
  async actions(context) {
    const { ingress } = context.config;
    return [
      // First, because the others look at what it brings.
      ...deliveryChecks(context),
      agentsCheck(context),
      aliasCheck(context),
      refusedKeyCheck(context),
      ...(ingress === undefined ? [] : [certificateCheck(context, ingress)]),
    ];
  },
};
