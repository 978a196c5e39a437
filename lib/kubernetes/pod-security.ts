import { isMapping, listAt, type Mapping, mappingAt, textAt, textListAt, valueAt } from '../yaml/value.ts';

/** Pod Security Standards, each stricter than the one before it. */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** Capabilities that the baseline standard lets a container add. */
const allowedCapabilities: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/**
 * What of a pod the baseline Pod Security Standard refuses, e.g. `hostNetwork`; undefined where it refuses nothing.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export function refusedByBaseline(pod: Mapping): string | undefined {
  const ofHost = ['hostNetwork', 'hostPID', 'hostIPC'].find((field) => valueAt(pod, field) === true);
  if (ofHost !== undefined) {
    return ofHost;
  }
  if (listAt(pod, 'volumes').some((volume) => valueAt(volume, 'hostPath') !== undefined)) {
    return 'a hostPath volume';
  }
  for (const container of containersOf(pod)) {
    const name = textAt(container, 'name') ?? '';
    if (valueAt(container, 'securityContext', 'privileged') === true) {
      return `the privileged container ${name}`;
    }
    const added = textListAt(container, 'securityContext', 'capabilities', 'add');
    const refused = added.find((capability) => !allowedCapabilities.has(capability));
    if (refused !== undefined) {
      return `the capability ${refused} of container ${name}`;
    }
    if (listAt(container, 'ports').some((port) => Number(textAt(port, 'hostPort') ?? 0) > 0)) {
      return `a hostPort of container ${name}`;
    }
  }
  const isUnconfined = [pod, ...containersOf(pod)].some(
    (part) => textAt(part, 'securityContext', 'seccompProfile', 'type') === 'Unconfined',
  );
  return isUnconfined ? 'the seccompProfile Unconfined' : undefined;
}

const containersOf = (pod: Mapping): Mapping[] =>
  ['initContainers', 'containers'].flatMap((list) => listAt(pod, list).map((each) => mappingAt(each)));

/** Kinds of volumes that the restricted standard lets a pod have. */
const allowedVolumes: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/**
 * What of a pod the restricted Pod Security Standard refuses, e.g. `container web without runAsNonRoot: true`; undefined where it
 * refuses nothing.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function refusedByRestricted(pod: Mapping): string | undefined {
  const baseline = refusedByBaseline(pod);
  if (baseline !== undefined) {
    return baseline;
  }
  const kinds = listAt(pod, 'volumes').flatMap((volume) => Object.keys(mappingAt(volume)));
  const volume = kinds.find((kind) => kind !== 'name' && !allowedVolumes.has(kind));
  if (volume !== undefined) {
    return `a volume of kind ${volume}`;
  }
  if (numberOf(pod, 'runAsUser') === 0) {
    return 'runAsUser: 0';
  }
  const isWindows = textAt(pod, 'os', 'name') === 'windows';
  for (const container of containersOf(pod)) {
    const lacks = lackOf(container, pod, isWindows);
    if (lacks !== undefined) {
      return `container ${textAt(container, 'name') ?? ''} ${lacks}`;
    }
  }
  return undefined;
}

const numberOf = (part: Mapping, key: string): number | undefined => {
  const written = textAt(part, 'securityContext', key);
  return written === undefined ? undefined : Number(written);
};

/** What the restricted standard wants of a container; its own setting counts before that of the pod. */
function lackOf(container: Mapping, pod: Mapping, isWindows: boolean): string | undefined {
  const own = mappingAt(container, 'securityContext');
  const setting = (key: string) => valueAt(own, key) ?? valueAt(pod, 'securityContext', key);
  if (setting('runAsNonRoot') !== true) {
    return 'without runAsNonRoot: true';
  }
  if (numberOf(container, 'runAsUser') === 0) {
    return 'with runAsUser: 0';
  }
  if (isWindows) {
    return undefined;
  }
  if (valueAt(own, 'allowPrivilegeEscalation') !== false) {
    return 'without allowPrivilegeEscalation: false';
  }
  const profile = setting('seccompProfile');
  if (!isMapping(profile) || !['RuntimeDefault', 'Localhost'].includes(textAt(profile, 'type') ?? '')) {
    return 'without seccompProfile: { type: RuntimeDefault }';
  }
  if (!textListAt(own, 'capabilities', 'drop').includes('ALL')) {
    return 'without capabilities: { drop: [ALL] }';
  }
  const added = textListAt(own, 'capabilities', 'add').find((capability) => capability !== 'NET_BIND_SERVICE');
  return added === undefined ? undefined : `with the capability ${added}`;
}

/** What of a pod a level refuses; undefined where it refuses nothing. */
export function refusedBy(level: PodSecurityLevel, pod: Mapping): string | undefined {
  switch (level) {
    case 'privileged':
      return undefined;
    case 'baseline':
      return refusedByBaseline(pod);
    case 'restricted':
      return refusedByRestricted(pod);
  }
}

/** The strictest level that lets a pod in. */
export const levelOf = (pod: Mapping): PodSecurityLevel =>
  refusedByBaseline(pod) !== undefined
    ? 'privileged'
    : refusedByRestricted(pod) === undefined
      ? 'restricted'
      : 'baseline';
