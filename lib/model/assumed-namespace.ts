import type { Manifest } from './manifest.ts';

/** The namespace of objects that name none. */
export interface AssumedNamespace {
  readonly name: string;
  /**
   * Why it is that one: it was given, it is the only one that the input names, or nothing decides.
   *
   * `many`: the input names several, so that the objects may be in any of them.
   */
  readonly reason: 'given' | 'only' | 'none' | 'many';
  /** Objects that name none, and are in one: those with pods, Services, ConfigMaps and Secrets. */
  readonly objects: number;
}

const namespaced = /^(Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Job|CronJob|Rollout|Service|ConfigMap|Secret)$/;

/** @param given by an option or a configuration */
export function assumedNamespace(manifests: readonly Manifest[], given: string | undefined): AssumedNamespace {
  const objects = manifests.filter(({ kind, namespace }) => namespace === undefined && namespaced.test(kind)).length;
  if (given !== undefined) {
    return { name: given, reason: 'given', objects };
  }
  const named = new Set(
    manifests.flatMap(({ kind, name, namespace, isBuiltIn }) =>
      kind === 'Namespace' && isBuiltIn ? name : (namespace ?? []),
    ),
  );
  const [only, ...others] = named;
  return only !== undefined && others.length === 0
    ? { name: only, reason: 'only', objects }
    : { name: 'default', reason: others.length > 0 ? 'many' : 'none', objects };
}

/** What is assumed of objects without a namespace, for people; nothing where all name theirs, or nothing decides. */
export function namespaceNote({ name, reason, objects }: AssumedNamespace): string[] {
  const which = `${objects} object${objects === 1 ? '' : 's'} without a namespace`;
  if (objects === 0 || reason === 'given' || reason === 'none') {
    return [];
  }
  return reason === 'only'
    ? [`${which} taken for namespace ${name}, the only one that the input names; --namespace NAME sets another`]
    : [`${which} may be in any namespace, because the input names several; --namespace NAME sets it`];
}
