import { z } from 'zod';
import { expandAsKubelet } from '../../test/support/expand-as-kubelet.ts';
import type { Kubectl } from '../cluster/kubectl.ts';
import { type EnvironmentVariable, type Pod, podTitle } from './pods.ts';

type Data = Readonly<Record<string, string>>;
type References = ReadonlyMap<string, Data>;

const data = z.object({ data: z.record(z.string(), z.string()).default({}) });

/**
 * What a container finds in its environment: variables in the order of the pod's spec, `$(NAME)` in a literal value
 * replaced by what stands earlier, and values of ConfigMaps, Secrets and fields as they are.
 *
 * @throws Error that names the key that is missing: a kubelet would not start the container
 */
export async function kubeletEnvironment(kubectl: Kubectl, pod: Pod): Promise<Map<string, string>> {
  if (pod.spec.enableServiceLinks !== false) {
    throw new Error(`${podTitle(pod)}: enableServiceLinks adds variables that are not known here`);
  }
  const [{ env }] = pod.spec.containers;
  const sources = await read(kubectl, pod.metadata.namespace, env);
  const known = new Map<string, string>();
  for (const variable of env) {
    const value = expandedValue(variable, pod, known, sources);
    if (value !== undefined) known.set(variable.name, value);
  }
  return known;
}

function expandedValue(
  { name, value, valueFrom }: EnvironmentVariable,
  pod: Pod,
  known: ReadonlyMap<string, string>,
  sources: References,
): string | undefined {
  if (valueFrom === undefined) return expandAsKubelet(value ?? '', known);
  if (valueFrom.fieldRef !== undefined) return field(pod, valueFrom.fieldRef.fieldPath);
  for (const [kind, reference] of references({ name, valueFrom })) {
    const found = sources.get(`${kind} ${reference.name}`)?.[reference.key];
    if (found === undefined && reference.optional !== true) {
      throw new Error(`${podTitle(pod)}: ${kind} ${reference.name} has no key ${reference.key} for ${name}`);
    }
    return found;
  }
  throw new Error(`${podTitle(pod)}: nothing says what ${name} is`);
}

/** @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/ */
function field({ metadata, spec, status }: Pod, path: string): string {
  const fields: Readonly<Record<string, string>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'spec.nodeName': spec.nodeName,
    'spec.serviceAccountName': spec.serviceAccountName,
    'status.hostIP': status.hostIP,
    'status.podIP': status.podIP,
  };
  const value = fields[path];
  if (value === undefined) throw new Error(`field ${path} is not known here`);
  return value;
}

async function read(
  { kubectlJson }: Kubectl,
  namespace: string,
  env: readonly EnvironmentVariable[],
): Promise<References> {
  const needed = new Set(env.flatMap((variable) => references(variable).map(([kind, { name }]) => `${kind} ${name}`)));
  return new Map(
    await Promise.all(
      [...needed].map(async (title): Promise<[string, Data]> => {
        const [kind = '', name = ''] = title.split(' ');
        const source = await kubectlJson(['get', kind, name, '--namespace', namespace], data);
        return [title, kind === 'secret' ? decoded(source.data) : source.data];
      }),
    ),
  );
}

const references = ({ valueFrom }: Pick<EnvironmentVariable, 'name' | 'valueFrom'>) =>
  [['configmap', valueFrom?.configMapKeyRef] as const, ['secret', valueFrom?.secretKeyRef] as const].flatMap(
    ([kind, reference]) => (reference === undefined ? [] : [[kind, reference] as const]),
  );

const decoded = (secret: Data): Data =>
  Object.fromEntries(Object.entries(secret).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
