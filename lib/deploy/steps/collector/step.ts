import { join } from 'node:path';
import { parse } from 'yaml';
import { otelIntegrationChart } from '../../../chart/names.ts';
import { orphanActions } from '../../../gitops/objects.ts';
import { readSources } from '../../../model/source/read-sources.ts';
import type { DeployContext } from '../../../run/context.ts';
import { distFile, resourceName } from '../../../run/kube/objects.ts';
import type { Action, Step } from '../../../run/step.ts';
import { failedLookup } from '../../../run/step.ts';
import { releaseActions } from '../../helm.ts';
import { deleteActions } from '../apply/delete-objects.ts';
import type { LegacyCollector, LegacyRelease } from './legacy.ts';
import { findLegacy } from './legacy.ts';

/**
 * Installs the collector by Helm, unless the manifests contain it or a GitOps tool installs it. With `--migrate` legacy
 * installations are removed immediately before, so that spans are counted until then.
 */
export const collectorStep: Step = {
  name: 'collector',
  title: 'Collector',
  actions: async (context) => [...(context.migrate ? await migration(context) : []), ...(await installation(context))],
};

/** A failed lookup must not count as an absent legacy installation. */
async function migration(context: DeployContext): Promise<readonly Action[]> {
  try {
    return await removeLegacy(context);
  } catch (error) {
    return [failedLookup(context, 'Find legacy installations', error)];
  }
}

async function installation(context: DeployContext): Promise<readonly Action[]> {
  const { collector, gitops } = context.config;
  const { release, namespace, delivery } = collector;
  if (delivery !== 'helm-values' || gitops !== undefined) {
    return [];
  }
  const file = join(context.dist, distFile.helmValues);
  const { name: chart, version } = otelIntegrationChart;
  const [source] = readSources([file]);
  const values: unknown = parse(source?.text ?? '');
  return releaseActions(context, { release, namespace, chart, version, values, valuesFlag: `--values=${file}` });
}

const timeoutSeconds = 180;

/**
 * Removes legacy installations of a collector: first the workloads, which use the host ports, then their other objects.
 * Secrets are kept.
 *
 * @returns no actions when there is no legacy installation
 */
export async function removeLegacy(context: DeployContext): Promise<Action[]> {
  const { releases, legacyCollectors, otherDelivery, otherGitops } = await findLegacy(context);
  return [
    // First, because the tool would create deleted objects again.
    ...otherGitops.flatMap((object) => orphanActions(context, object)),
    ...releases.map((release) => uninstall(context, release)),
    ...legacyCollectors.map((it) => deleteDaemonSet(context, it)),
    ...deleteActions(
      context,
      legacyCollectors.flatMap(({ others }) => others),
    ),
    ...deleteActions(context, otherDelivery),
  ];
}

function uninstall({ helm, kubectl }: DeployContext, { release, namespace }: LegacyRelease): Action {
  const where = `--namespace=${namespace}`;
  const pods = ['wait', '--for=delete', 'pods', where, `--selector=app.kubernetes.io/instance=${release}`];
  return {
    title: `Uninstall the legacy Helm release ${release} from ${namespace}`,
    commands: [
      helm(['uninstall', release, where, '--wait', `--timeout=${timeoutSeconds}s`], {
        timeoutSeconds: timeoutSeconds + 30,
      }),
      // The host ports are free only after the pods are deleted.
      kubectl([...pods, `--timeout=${timeoutSeconds}s`], { timeoutSeconds: timeoutSeconds + 30 }),
    ],
  };
}

/** Foreground deletion waits for the pods, which use the host ports. */
function deleteDaemonSet({ kubectl }: DeployContext, { daemonSet }: LegacyCollector): Action {
  const { namespace } = daemonSet;
  const args = ['delete', resourceName(daemonSet), `--namespace=${namespace}`, '--cascade=foreground'];
  return {
    title: `Remove the legacy ${resourceName(daemonSet)} from ${namespace}`,
    commands: [
      kubectl([...args, '--ignore-not-found', `--timeout=${timeoutSeconds}s`], {
        timeoutSeconds: timeoutSeconds + 30,
      }),
    ],
  };
}
