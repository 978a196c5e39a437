import type { Step } from '../step.ts';
import { agentsCheck } from '../verify/agents.ts';
import { aliasCheck } from '../verify/alias.ts';
import { certificateCheck } from '../verify/certificate.ts';
import { deliveryChecks } from '../verify/delivery-checks.ts';
import { refusedKeyCheck } from '../verify/refused-key.ts';

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
