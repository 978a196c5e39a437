import { collectorService } from '../../../chart/names.ts';
import type { DeployContext } from '../../../run/context.ts';
import { liveObjects, releaseOf } from '../../../run/kube/live-object.ts';
import { type ObjectName, objectName } from '../../../run/kube/objects.ts';
import { systemNamespaces } from '../../../run/kube/system-objects.ts';
import type { ReleaseName } from '../../release.ts';

/** A release of the chart that is not the one of this system. */
export interface EarlierRelease extends ReleaseName {
  /** What the chart made there. */
  readonly objects: readonly ObjectName[];
}

const kinds = ['daemonsets.apps', 'deployments.apps', 'services'];

/** How the chart names all that it makes, whatever the release is called. */
const prefix = collectorService.agent;

/** Releases of the chart in the namespaces of the system, other than its own. */
export async function findReleases(context: DeployContext): Promise<EarlierRelease[]> {
  const found = await Promise.all(
    systemNamespaces(context.config).map(async (namespace) =>
      (await liveObjects(context, kinds, namespace)).filter(({ metadata }) => metadata.name.startsWith(prefix)),
    ),
  );
  const byRelease = new Map<string, EarlierRelease>();
  for (const object of found.flat()) {
    const release = releaseOf(object);
    const { namespace } = object.metadata;
    if (release === undefined || namespace === undefined || isOurs(context, { release, namespace })) {
      continue;
    }
    const key = `${namespace}/${release}`;
    byRelease.set(key, {
      release,
      namespace,
      objects: [...(byRelease.get(key)?.objects ?? []), objectName(object)],
    });
  }
  return [...byRelease.values()];
}

function isOurs({ config: { collector } }: DeployContext, { release, namespace }: ReleaseName): boolean {
  return collector.delivery === 'helm-values' && release === collector.release && namespace === collector.namespace;
}
