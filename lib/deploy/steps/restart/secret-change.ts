import type { DeployContext } from '../../../run/context.ts';
import { readText } from '../../../run/kube/read.ts';

/** When somebody last wrote to a Secret; undefined when there is none. Its values are not asked for. */
export async function secretChange(context: DeployContext, namespace: string, name: string): Promise<Date | undefined> {
  const times = '{.metadata.creationTimestamp}{"\\n"}{range .metadata.managedFields[*]}{.time}{"\\n"}{end}';
  const query = ['get', 'secret', name, `--namespace=${namespace}`, '--ignore-not-found', `--output=jsonpath=${times}`];
  const printed = (await readText(context, context.kubectl(query))).split('\n').filter((line) => line !== '');
  const latest = Math.max(...printed.map((time) => Date.parse(time)));
  return Number.isFinite(latest) ? new Date(latest) : undefined;
}
