import type { Action } from '../action.ts';
import type { DeployContext } from '../deploy-context.ts';
import { argoCdDelivery } from './argo-cd-delivery.ts';
import { fluxDelivery } from './flux-delivery.ts';
import { k3sDelivery } from './k3s-delivery.ts';

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
