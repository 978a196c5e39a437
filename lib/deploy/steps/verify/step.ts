import { argoCdDelivery } from '../../../gitops/argo-cd.ts';
import { fluxDelivery } from '../../../gitops/flux.ts';
import { k3sDelivery } from '../../../gitops/k3s.ts';
import type { DeployContext } from '../../../run/context.ts';
import type { Action, Step } from '../../../run/step.ts';
import { certificateCheck } from './certificate.ts';
import { agentsCheck, aliasCheck, refusedKeyCheck } from './collector-checks.ts';

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

/** That the GitOps tool of the configuration has done what it was told; nothing where it is told nothing. */
export function deliveryChecks(context: DeployContext): Action[] {
  const { gitops, collector } = context.config;
  switch (gitops?.tool) {
    case undefined:
      return [];
    case 'k3s':
      return collector.delivery === 'helm-values' ? [k3sDelivery(context)] : [];
    case 'argo-cd':
      return [argoCdDelivery(context)];
    case 'flux':
      return [fluxDelivery(context)];
  }
}
