import { letGo } from '../../gitops/objects.ts';
import type { DeployContext } from '../../run/context.ts';
import type { ObjectName } from '../../run/kube/objects.ts';
import type { Action, Step } from '../../run/step.ts';
import { findRelease, type ReleaseName } from '../helm.ts';
import { deleteActions } from '../steps/apply/delete-objects.ts';
import type { Inventory } from './inventory.ts';

/** Takes away what was shown, and nothing that came since. */
export function undeploySteps(shown: Inventory, withVolumes: boolean): Step<string>[] {
  const { gitops, objects, releases, secrets, volumes, namespaces } = shown;
  return [
    step('gitops', 'GitOps', (context) => [
      // Flux takes away all that it has applied, volumes as well, with a Kustomization that it was not told to leave alone.
      ...gitops.filter(isKustomization).flatMap((object) => letGo(context, object)),
      ...deleteActions(
        context,
        gitops.filter((object) => !isKustomization(object)),
      ),
    ]),
    step('objects', 'Manifests', (context) => deleteActions(context, objects)),
    step('releases', 'Helm releases', (context) => releases.map((release) => uninstall(context, release))),
    step('secrets', 'Secrets', (context) => deleteActions(context, secrets)),
    ...(withVolumes
      ? [
          step('volumes', 'Volumes', (context) => deleteActions(context, volumes)),
          step('namespaces', 'Namespaces', (context) => deleteActions(context, namespaces)),
        ]
      : []),
  ];
}

const step = (name: string, title: string, actions: (context: DeployContext) => readonly Action[]): Step<string> => ({
  name,
  title,
  actions: async (context) => actions(context),
});

const isKustomization = ({ kind }: ObjectName): boolean => kind === 'Kustomization';

function uninstall(context: DeployContext, { release, namespace }: ReleaseName): Action {
  const { rolloutSeconds } = context.config.deploy;
  const args = ['uninstall', release, `--namespace=${namespace}`, '--wait', `--timeout=${rolloutSeconds}s`];
  return {
    title: `Helm release ${release} in ${namespace}`,
    // What GitOps tools were told of it may have taken it away.
    alreadySo: async () => ((await findRelease(context, { release, namespace })) ? undefined : 'it is gone'),
    afterOthers: true,
    commands: [context.helm(args, { timeoutSeconds: rolloutSeconds + 30 })],
  };
}
