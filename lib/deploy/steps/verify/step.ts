import { argoCdDelivery } from '../../../gitops/argo-cd.ts';
import { fluxDelivery } from '../../../gitops/flux.ts';
import { k3sDelivery } from '../../../gitops/k3s.ts';
import type { DeployContext } from '../../../run/context.ts';
import type { Action, Step } from '../../../run/step.ts';
import { verifyCertificate } from './certificate.ts';

/** Verifies what the hops of a span do not show; the command verifies the hops when all steps have ended. */
export const verifyStep: Step = {
  name: 'verify',
  title: 'Verification',
  async actions(context) {
    const { ingress } = context.config;
    return [
      // First, because the certificate and the hops need what the GitOps tool installs.
      ...verifyDelivery(context),
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
