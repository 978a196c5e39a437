import { argoCdDelivery } from '../../../gitops/argo-cd.ts';
import { fluxDelivery } from '../../../gitops/flux.ts';
import { k3sDelivery } from '../../../gitops/k3s.ts';
import type { DeployContext } from '../../../run/context.ts';
import type { Action, Step } from '../../../run/step.ts';
import { verifyCertificate } from './certificate.ts';
import { verifyKey } from './key.ts';

/** Verifies what the hops of a span do not show; the command verifies the hops when all steps have ended. */
export const verifyStep: Step = {
  name: 'verify',
  title: 'Verification',
  async actions(context) {
    const { ingress, collector } = context.config;
    return [
      // First, because the other verifications need what the GitOps tool installs.
      ...verifyDelivery(context),
      // The key of an existing collector is its owner's.
      ...(collector.delivery === 'existing' ? [] : [verifyKey(context)]),
      ...(ingress === undefined ? [] : [verifyCertificate(context, ingress)]),
    ];
  },
};

/** Verifies that the configured GitOps tool has delivered the system. */
export function verifyDelivery(context: DeployContext): Action[] {
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
