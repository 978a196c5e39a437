import type { Action } from '../action.ts';
import { deleteActions } from '../apply/delete-actions.ts';
import type { DeployContext } from '../deploy-context.ts';
import type { ReleaseName } from '../helm/release.ts';
import type { Step } from '../step.ts';
import type { Inventory } from './inventory.ts';

/** Takes away what was shown, and nothing that came since. */
export function undeploySteps(shown: Inventory, withVolumes: boolean): Step<string>[] {
  const { gitops, objects, releases, secrets, volumes, namespaces } = shown;
  return [
    step('gitops', 'GitOps', (context) => deleteActions(context, gitops)),
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

function uninstall({ helm, config }: DeployContext, { release, namespace }: ReleaseName): Action {
  const { rolloutSeconds } = config.deploy;
  const args = ['uninstall', release, `--namespace=${namespace}`, '--wait', `--timeout=${rolloutSeconds}s`];
  return {
    title: `Helm release ${release} in ${namespace}`,
    commands: [helm([...args, '--ignore-not-found'], { timeoutSeconds: rolloutSeconds + 30 })],
  };
}
