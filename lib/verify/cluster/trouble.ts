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
