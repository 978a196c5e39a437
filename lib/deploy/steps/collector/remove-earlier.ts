import { letGo } from '../../../gitops/let-go.ts';
import type { Action } from '../../../run/action.ts';
import type { DeployContext } from '../../../run/context.ts';
import { resourceName } from '../../../run/kube/objects.ts';
import { deleteActions } from '../apply/delete-objects.ts';
import type { HandMade } from './find-hand-made.ts';
import type { EarlierRelease } from './find-releases.ts';
import { findEarlier } from './legacy.ts';

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
