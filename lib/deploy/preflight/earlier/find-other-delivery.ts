import { collectorService } from '../../../collector/names.ts';
import { systemLabels } from '../../cluster/labelled-objects.ts';
import type { ObjectName } from '../../cluster/object-name.ts';
import type { DeployContext } from '../../deploy-context.ts';
import { type LiveObject, liveObjects, releaseOf } from './live-object.ts';
import { objectName } from './object-names.ts';

/** What has pods comes first. */
const kinds = ['daemonsets.apps', 'deployments.apps', 'services', 'configmaps', 'serviceaccounts'];

const accessKinds = ['clusterrolebindings.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'];

/** How manifests and chart name all that is the collector's. */
const prefix = collectorService.agent;

/**
 * The collector that this system had as manifests, now that helm is to install it: helm takes over nothing that it has
 * not made, and what is pruned goes only after it.
 */
export async function findOtherDelivery(context: DeployContext): Promise<ObjectName[]> {
  const { delivery, namespace } = context.config.collector;
  if (delivery !== 'helm-values') {
    return [];
  }
  const isLeft = (object: LiveObject): boolean => isApplied(context, object) || isRendered(context, object);
  const found = (await liveObjects(context, kinds, namespace)).filter(isLeft);
  // Not everybody may look at these, and nobody needs to where there is nothing.
  const access = found.length === 0 ? [] : (await liveObjects(context, accessKinds)).filter(isLeft);
  return [...found, ...access].map(objectName);
}

/** A part of the collector among the manifests of this system. */
const isApplied = ({ config }: DeployContext, { metadata }: LiveObject): boolean =>
  metadata.name.startsWith(prefix) &&
  systemLabels(config).every((label) => {
    const [key = '', value] = label.split('=');
    return metadata.labels[key] === value;
  });

/** A part of the chart that helm did not install: Argo CD renders it and applies what comes out. */
const isRendered = ({ config }: DeployContext, object: LiveObject): boolean =>
  config.gitops?.tool !== 'argo-cd' &&
  object.metadata.name.startsWith(prefix) &&
  object.metadata.labels['app.kubernetes.io/managed-by'] === 'Helm' &&
  releaseOf(object) === undefined;
