import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { otelIntegrationChart } from '../../../chart/names.ts';
import { letGo } from '../../../gitops/objects.ts';
import type { DeployContext } from '../../../run/context.ts';
import { distFile, resourceName } from '../../../run/kube/objects.ts';
import type { Action, Step } from '../../../run/step.ts';
import { failedLook } from '../../../run/step.ts';
import { releaseActions } from '../../helm.ts';
import { deleteActions } from '../apply/delete-objects.ts';
import type { EarlierRelease, HandMade } from './legacy.ts';
import { findEarlier } from './legacy.ts';

/**
 * Installs the collector by Helm. As manifests it comes with the others; a GitOps tool installs it by itself. With
 * `--migrate` what an earlier installation left goes before: not sooner, so that spans are counted until then.
 */
export const collectorStep: Step = {
  name: 'collector',
  title: 'Collector',
  actions: async (context) => [...(context.migrate ? await migration(context) : []), ...(await installation(context))],
};

/** What is left is not taken for gone unseen. */
async function migration(context: DeployContext): Promise<readonly Action[]> {
  try {
    return await earlierInstallation(context);
  } catch (error) {
    return [failedLook(context, 'Look for an earlier installation', error)];
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
  const values: unknown = parse(readFileSync(file, 'utf8'));
  return releaseActions(context, { release, namespace, chart, version, values, valuesFlag: `--values=${file}` });
}

const patienceSeconds = 180;

/**
 * What removes an earlier installation of a collector, and nothing else: first what has pods and holds the ports, then
 * what was there for it. Secrets stay.
 *
 * @returns nothing where there is none
 */
export async function earlierInstallation(context: DeployContext): Promise<Action[]> {
  const { releases, handMade, otherDelivery, otherGitops } = await findEarlier(context);
  return [
    // Before anything goes that the tool would bring back.
    ...otherGitops.flatMap((object) => letGo(context, object)),
    ...releases.map((release) => uninstall(context, release)),
    ...handMade.map((it) => deleteDaemonSet(context, it)),
    ...deleteActions(
      context,
      handMade.flatMap(({ others }) => others),
    ),
    ...deleteActions(context, otherDelivery),
  ];
}

function uninstall({ helm, kubectl }: DeployContext, { release, namespace }: EarlierRelease): Action {
  const where = `--namespace=${namespace}`;
  const pods = ['wait', '--for=delete', 'pods', where, `--selector=app.kubernetes.io/instance=${release}`];
  return {
    title: `Uninstall the earlier Helm release ${release} from ${namespace}`,
    commands: [
      helm(['uninstall', release, where, '--wait', `--timeout=${patienceSeconds}s`], {
        timeoutSeconds: patienceSeconds + 30,
      }),
      // Its ports are free when its pods are gone, and not before.
      kubectl([...pods, `--timeout=${patienceSeconds}s`], { timeoutSeconds: patienceSeconds + 30 }),
    ],
  };
}

/** In the foreground: it is gone when its pods are, and with them the ports. */
function deleteDaemonSet({ kubectl }: DeployContext, { daemonSet }: HandMade): Action {
  const { namespace } = daemonSet;
  const args = ['delete', resourceName(daemonSet), `--namespace=${namespace}`, '--cascade=foreground'];
  return {
    title: `Remove the earlier ${resourceName(daemonSet)} from ${namespace}`,
    commands: [
      kubectl([...args, '--ignore-not-found', `--timeout=${patienceSeconds}s`], {
        timeoutSeconds: patienceSeconds + 30,
      }),
    ],
  };
}
