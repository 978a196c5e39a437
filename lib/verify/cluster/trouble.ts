import { visibleLine } from '../../text/visible.ts';
import type { LivePod } from './live-pod.ts';
import type { ContainerStatus } from './shapes.ts';

/** Why a pod does not run, in words. */
export interface Trouble {
  readonly pod: LivePod;
  /** The container that it is about; undefined where the pod itself is. */
  readonly container: string | undefined;
  readonly kind: 'crash-loop' | 'image' | 'configuration' | 'unschedulable' | 'memory' | 'other';
  /** E.g. `crash loop after 5 restarts, exit status 1`. */
  readonly message: string;
}

/** What keeps a pod from running; undefined where it runs, or is only starting. */
export function troubleOf(pod: LivePod): Trouble | undefined {
  for (const { name, status } of pod.containers) {
    const found = status === undefined ? undefined : ofContainer(status);
    if (found !== undefined) {
      return { pod, container: name, ...found };
    }
  }
  return pod.node === undefined && pod.reason !== undefined
    ? { pod, container: undefined, kind: 'unschedulable', message: `no node takes it: ${shown(pod.reason)}` }
    : undefined;
}

function ofContainer({
  state,
  lastState,
  restartCount,
  ready,
}: ContainerStatus): Pick<Trouble, 'kind' | 'message'> | undefined {
  const ended = state.terminated ?? lastState.terminated;
  const waiting = state.waiting?.reason;
  switch (waiting) {
    case 'CrashLoopBackOff':
      return ended?.reason === 'OOMKilled'
        ? { kind: 'memory', message: `it is killed again and again because it exceeds its memory limit` }
        : { kind: 'crash-loop', message: `crash loop: ${endText(ended)}` };
    case 'ImagePullBackOff':
    case 'ErrImagePull':
    case 'InvalidImageName':
    case 'ErrImageNeverPull':
      return { kind: 'image', message: `its image cannot be pulled (${waiting}): ${shown(state.waiting?.message)}` };
    case 'CreateContainerConfigError':
    case 'CreateContainerError':
    case 'RunContainerError':
      return { kind: 'configuration', message: `its container cannot be created: ${shown(state.waiting?.message)}` };
  }
  if (ready || ended === undefined || restartCount < 2) {
    return undefined;
  }
  return ended.reason === 'OOMKilled'
    ? { kind: 'memory', message: `it was killed ${restartCount} times because it exceeds its memory limit` }
    : { kind: 'crash-loop', message: `it is not ready after ${restartCount} restarts: ${endText(ended)}` };
}

function endText(ended: ContainerStatus['state']['terminated']): string {
  if (ended === undefined) {
    return 'the cluster does not know why';
  }
  const message = ended.message === undefined ? '' : `, ${shown(ended.message)}`;
  return `exit status ${ended.exitCode}${ended.reason === undefined || ended.reason === 'Error' ? '' : ` (${ended.reason})`}${message}`;
}

const shown = (text: string | undefined): string => visibleLine((text ?? 'no reason is known').trim().slice(0, 300));

/** Errors in the log of a collector that a person would search for, most specific first. */
const knownErrors: readonly (readonly [pattern: RegExp, message: (match: RegExpExecArray) => string])[] = [
  [/duplicate dimension name "?([\w.-]+)"?/, ([, name]) => `duplicate dimension ${name}`],
  [
    /references? (\w+) "([^"]+)" which is not configured/,
    ([, kind, id]) => `a pipeline names ${kind} ${id}, which is not configured`,
  ],
  [
    /connector "([^"]+)" used as (\w+) in \[([^\]]+)\] pipeline but not used in any supported (\w+)/,
    ([, id, , pipeline]) => `connector ${id} of pipeline ${pipeline} has no other end`,
  ],
  [/unknown type: "([^"]+)"/, ([, type]) => `this distribution has no component ${type}`],
  [/'(\S*)' has invalid keys: ([^\n"]+)/, ([, , keys]) => `its configuration has unknown keys: ${keys}`],
  [/has invalid keys: ([^\n"]+)/, ([, keys]) => `its configuration has unknown keys: ${keys}`],
  [/bind: address already in use/, () => 'a port that it listens on is already in use on its node'],
  [
    /(\w+) is forbidden: User "system:serviceaccount:([^":]+):([^"]+)" cannot (\w+) resource "(\w+)"/,
    ([, , namespace, account, verb, resource]) =>
      `ServiceAccount ${namespace}/${account} has no permission to ${verb} ${resource}`,
  ],
  [/code = Unauthenticated/, () => 'Coralogix does not accept the private key'],
  [/code = PermissionDenied/, () => 'Coralogix refuses the private key'],
  [/lookup (\S+?)(?: on \S+)?: no such host/, ([, host]) => `the name ${host} cannot be resolved`],
  [/connection refused/, () => 'its exporter is refused a connection'],
  [/context deadline exceeded|DeadlineExceeded/, () => 'its exporter gets no answer in time'],
  [/certificate (?:signed by unknown authority|is not valid|has expired)[^"\n]*/, ([text]) => text],
  [/sending queue is full|queue is full/, () => 'its sending queue is full'],
  [/data refused due to high memory usage/, () => 'it refuses data because its memory limit is reached'],
];

/** What the last lines of a collector's log complain about; undefined where they do not. */
export function errorInLog(log: string): string | undefined {
  const lines = log
    .split('\n')
    .filter((line) => /\berror\b|\bfatal\b|\bpanic\b|\bwarn\b|cannot|failed|forbidden/i.test(line));
  const text = lines.slice(-40).join('\n');
  for (const [pattern, message] of knownErrors) {
    const match = pattern.exec(text);
    if (match !== null) {
      return visibleLine(message(match));
    }
  }
  const last = lines.filter((line) => /\berror\b|\bfatal\b|\bpanic\b/i.test(line)).at(-1);
  return last === undefined ? undefined : visibleLine(last.trim().slice(0, 300));
}
