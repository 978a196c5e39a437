import { orphanActions } from '../../gitops/objects.ts';
import type { DeployContext } from '../../run/context.ts';
import type { ObjectName } from '../../run/kube/objects.ts';
import type { Action, Step } from '../../run/step.ts';
import { findRelease, type ReleaseName } from '../helm.ts';
import { deleteActions } from '../steps/apply/delete-objects.ts';
import type { SystemInventory } from './inventory.ts';

/** Removes exactly the objects of the inventory that was shown. */
export function undeploySteps(shown: SystemInventory, withVolumes: boolean): Step<string>[] {
  const { gitops, objects, releases, secrets, volumes, namespaces } = shown;
  return [
    step('gitops', 'GitOps', (context) => [
      // Flux deletes everything that it has applied, including volumes, when a Kustomization is deleted that is not suspended.
      ...gitops.filter(isKustomization).flatMap((object) => orphanActions(context, object)),
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
    // A GitOps tool may already have removed it.
    upToDate: async () => ((await findRelease(context, { release, namespace })) ? undefined : 'it does not exist'),
    afterOthers: true,
    commands: [context.helm(args, { timeoutSeconds: rolloutSeconds + 30 })],
  };
}
