import { collectorService } from '../../chart/names.ts';
import type { DeployContext } from '../context.ts';
import { type LiveObject, liveObjects, releaseOf } from './live-object.ts';

/** What has pods comes first. */
const kinds = ['daemonsets.apps', 'deployments.apps', 'services', 'configmaps', 'serviceaccounts'];

const accessKinds = ['clusterrolebindings.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'];

/** What is called as manifests and chart call all that is the collector's, and is wanted. */
export async function collectorObjects(
  context: DeployContext,
  isWanted: (object: LiveObject) => boolean,
): Promise<LiveObject[]> {
  const isOne = (object: LiveObject): boolean => isCollectors(object) && isWanted(object);
  const found = (await liveObjects(context, kinds, context.config.collector.namespace)).filter(isOne);
  // Not everybody may look at these, and nobody needs to where there is nothing.
  const access = found.length === 0 ? [] : (await liveObjects(context, accessKinds)).filter(isOne);
  return [...found, ...access];
}

/** A part of the chart that helm did not install: Argo CD renders it and applies what comes out. */
export const isRendered = (object: Pick<LiveObject, 'metadata'>): boolean =>
  isCollectors(object) &&
  object.metadata.labels['app.kubernetes.io/managed-by'] === 'Helm' &&
  releaseOf(object) === undefined;

const isCollectors = ({ metadata }: Pick<LiveObject, 'metadata'>): boolean =>
  metadata.name.startsWith(collectorService.agent);
