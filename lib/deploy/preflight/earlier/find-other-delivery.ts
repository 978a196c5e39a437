import { systemLabels } from '../../cluster/labelled-objects.ts';
import type { ObjectName } from '../../cluster/object-name.ts';
import type { DeployContext } from '../../deploy-context.ts';
import { type LiveObject, liveObjects } from './live-object.ts';
import { objectName } from './object-names.ts';

/** What has pods comes first. */
const kinds = ['daemonsets.apps', 'deployments.apps', 'services', 'configmaps', 'serviceaccounts'];

const accessKinds = ['clusterrolebindings.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'];

/**
 * The collector that this system had as manifests, now that helm is to install it: helm takes over nothing that it has
 * not made, and what is pruned goes only after it.
 */
export async function findOtherDelivery(context: DeployContext): Promise<ObjectName[]> {
  const { config } = context;
  const { delivery, namespace } = config.collector;
  if (delivery !== 'helm-values' || namespace === config.namespace) {
    return [];
  }
  const labels = systemLabels(config);
  const isOurs = ({ metadata }: LiveObject): boolean =>
    labels.every((label) => {
      const [key = '', value] = label.split('=');
      return metadata.labels[key] === value;
    });
  const found = (await liveObjects(context, kinds, namespace)).filter(isOurs);
  // Not everybody may look at these, and nobody needs to where there is nothing.
  const access = found.length === 0 ? [] : (await liveObjects(context, accessKinds)).filter(isOurs);
  return [...found, ...access].map(objectName);
}
