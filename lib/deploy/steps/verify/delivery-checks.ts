import { argoCdDelivery } from '../../../gitops/argo-cd.ts';
import { fluxDelivery } from '../../../gitops/flux.ts';
import { k3sDelivery } from '../../../gitops/k3s.ts';
import type { Action } from '../../../run/action.ts';
import type { DeployContext } from '../../../run/context.ts';

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
