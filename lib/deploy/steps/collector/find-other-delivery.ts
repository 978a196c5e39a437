import type { DeployContext } from '../../../run/context.ts';
import { collectorObjects, isRendered } from '../../../run/kube/collector-objects.ts';
import type { LiveObject } from '../../../run/kube/live-object.ts';
import { type ObjectName, objectName } from '../../../run/kube/objects.ts';
import { hasSystemLabels } from '../../../run/kube/system-objects.ts';

/**
 * The collector that this system had as manifests, now that helm is to install it: helm takes over nothing that it has
 * not made, and what is pruned goes only after it.
 */
export async function findOtherDelivery(context: DeployContext): Promise<ObjectName[]> {
  if (context.config.collector.delivery !== 'helm-values') {
    return [];
  }
  const isRendering = context.config.gitops?.tool === 'argo-cd';
  const isLeft = (object: LiveObject): boolean =>
    hasSystemLabels(context.config, object.metadata) || (!isRendering && isRendered(object));
  return (await collectorObjects(context, isLeft)).map(objectName);
}
