import type { Action } from '../run/action.ts';
import type { Command } from '../run/command/command.ts';
import type { DeployContext } from '../run/context.ts';
import { type ObjectName, resourceName } from '../run/kube/objects.ts';
import { readText } from '../run/kube/read.ts';

/** Has a GitOps tool forget something, and leave what it has installed. */
export function letGo(context: DeployContext, object: ObjectName): Action[] {
  const name = resourceName(object);
  const where = `${name} in ${object.namespace}`;
  const steps = letGoCommands(context, object);
  const last = steps.at(-1);
  // k3s takes nothing away, and so does not say either that it is done.
  return object.kind !== 'HelmChart' || last === undefined
    ? [{ title: `Let go of ${where}, and leave what it has installed`, commands: steps }]
    : [
        { title: `Let go of ${where}, and leave what it has installed`, commands: steps.slice(0, -1) },
        {
          title: `Remove ${where}`,
          alreadySo: async () => ((await isThere(context, object)) ? undefined : 'it is gone'),
          afterOthers: true,
          commands: [last],
        },
      ];
}

/** The same for a person to run. */
export function letGoCommands({ kubectl }: Pick<DeployContext, 'kubectl'>, object: ObjectName): Command[] {
  const place = [resourceName(object), `--namespace=${object.namespace}`];
  const patch = (change: object) => kubectl(['patch', ...place, '--type=merge', `--patch=${JSON.stringify(change)}`]);
  const remove = kubectl(['delete', ...place, '--ignore-not-found'], { timeoutSeconds: 180 });
  switch (object.kind) {
    case 'HelmChart':
      return [
        kubectl(['annotate', ...place, 'helmcharts.helm.cattle.io/unmanaged=true', '--overwrite']),
        kubectl(['delete', ...place, '--ignore-not-found', '--wait=false']),
        patch({ metadata: { finalizers: null } }),
      ];
    case 'Application':
      return [patch({ metadata: { finalizers: null } }), remove];
    case 'HelmRelease':
    case 'Kustomization':
      return [patch({ spec: { suspend: true } }), remove];
    default:
      return [remove];
  }
}

async function isThere(context: DeployContext, object: ObjectName): Promise<boolean> {
  const query = ['get', resourceName(object), `--namespace=${object.namespace}`, '--ignore-not-found', '--output=name'];
  return (await readText(context, context.kubectl(query))).trim() !== '';
}
