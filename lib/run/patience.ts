import type { DeployContext } from './context.ts';
import { gitopsFolder } from './kube/gitops-folder.ts';

/** How long controllers may lag behind what they are told. */
export const soonSeconds = 15;

type Configured = Pick<DeployContext, 'config'>;

/** For what somebody else brings after it was told to. */
export const deliverySeconds = ({ config }: Configured): number => Math.max(soonSeconds, config.deploy.rolloutSeconds);

/** For the collector: a GitOps tool may not have installed it yet; what is applied here was waited for. */
export const collectorSeconds = (context: Configured): number => {
  const { gitops, collector } = context.config;
  const isDelivered = gitops !== undefined && (gitops.tool !== 'k3s' || collector.delivery === 'helm-values');
  return isDelivered ? deliverySeconds(context) : soonSeconds;
};

/** For the certificate: an authority issues it, or a GitOps tool brings who asks for it. */
export const certificateSeconds = (context: Configured): number => {
  const { ingress } = context.config;
  const isIssued = ingress !== undefined && ingress.certificate.secretName === undefined;
  return isIssued || gitopsFolder(context.config) !== undefined ? deliverySeconds(context) : soonSeconds;
};
