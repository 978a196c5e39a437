import { levelOf, type PodSecurityLevel, refusedBy } from '../kubernetes/pod-security.ts';
import { isShared } from '../kubernetes/scope.ts';
import type { Mapping } from '../yaml/value.ts';
import type { Located } from './reading/located.ts';

const levels: readonly PodSecurityLevel[] = ['privileged', 'baseline', 'restricted'];

/** The Pod Security Standard that a namespace of the system will enforce; undefined where somebody else decides it. */
export function enforcedLevel(system: Located, namespace: string): PodSecurityLevel | undefined {
  const own = system.at('namespaces', namespace);
  if (own.get('create').text() === 'false' || isShared(namespace)) {
    return undefined;
  }
  const isCollectors =
    namespace === (system.at('collector', 'namespace').text() ?? 'coralogix') &&
    system.at('collector', 'delivery').text() !== 'existing';
  const usual = isCollectors ? 'privileged' : (system.at('podSecurity', 'enforce').text() ?? 'baseline');
  const written = own.get('enforce').text() ?? usual;
  return levels.find((level) => level === written);
}

/** Why a namespace refuses a pod, and the text that lets it in. */
export interface RefusedPod {
  /** As it stands behind the name of what has it. */
  readonly reason: string;
  readonly suggestion: string;
}

/** Whether a namespace of the system refuses a pod. */
export function refusedPod(system: Located, namespace: string, pod: Mapping): RefusedPod | undefined {
  const level = enforcedLevel(system, namespace);
  const refused = level === undefined ? undefined : refusedBy(level, pod);
  return refused === undefined
    ? undefined
    : {
        reason: `${refused}, which the Pod Security Standard ${level} of the namespace ${namespace} refuses`,
        suggestion: `write: namespaces: { ${namespace}: { enforce: ${levelOf(pod)} } }`,
      };
}
