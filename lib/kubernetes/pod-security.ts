import { listAt, type Mapping, mappingAt, textAt, textListAt, valueAt } from '../yaml/value.ts';

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
  for (const list of ['initContainers', 'containers']) {
    for (const container of listAt(pod, list).map((each) => mappingAt(each))) {
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
  }
  return undefined;
}
