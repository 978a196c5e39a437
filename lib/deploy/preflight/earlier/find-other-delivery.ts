import { collectorObjects, isRendered } from '../../cluster/collector-objects.ts';
import { hasSystemLabels } from '../../cluster/labelled-objects.ts';
import type { LiveObject } from '../../cluster/live-object.ts';
import { type ObjectName, objectName } from '../../cluster/object-name.ts';
import type { DeployContext } from '../../deploy-context.ts';

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
