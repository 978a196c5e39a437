import { firstFew } from '../../text/list.ts';
import { broken, type HopCheck, inTransition, proven, sentences, unchecked } from '../check.ts';
import { type Target, targetTitle } from '../target.ts';
import type { LivePod } from './live-pod.ts';
import { describeOf, logOf, resumeOf } from './remedies.ts';
import { workloadStatusShape } from './shapes.ts';
import { type ClusterSnapshot, objectKey, podsOf, unreadList } from './snapshot.ts';
import { type Trouble, troubleOf } from './trouble.ts';

const id = 'rollout/complete';

/** Whether every pod of a service runs its current template and is ready. */
export function checkRollout(snapshot: ClusterSnapshot, target: Target): HopCheck {
  const unread =
    unreadList(snapshot, 'pods', target.namespace) ??
    unreadList(snapshot, `${target.kind.toLowerCase()}s`, target.namespace);
  if (unread !== undefined) {
    return unchecked(id, unread.unread, unread);
  }
  const parsed = workloadStatusShape.safeParse(
    snapshot.objects.get(objectKey(target.kind, target.namespace, target.name)),
  );
  if (!parsed.success) {
    return unchecked(id, `${targetTitle(target)} was not read`);
  }
  const pods = podsOf(snapshot, target);
  if (target.kind === 'CronJob' || target.kind === 'Job') {
    return unchecked(id, `a ${target.kind} has no rollout: its pods run at their own times`);
  }
  const { metadata, spec, status } = parsed.data;
  const isDaemonSet = target.kind === 'DaemonSet';
  const wanted = isDaemonSet ? status.desiredNumberScheduled : (spec.replicas ?? 1);
  const updated = isDaemonSet ? status.updatedNumberScheduled : status.updatedReplicas;
  const ready = isDaemonSet ? status.numberReady : status.readyReplicas;
  const counts = `${updated} of ${wanted} pods have the current template, ${ready} are ready`;
  const evidence = sentences(counts, ...pods.map(podText));
  const trouble = pods.map(troubleOf).find((each) => each !== undefined);
  if (trouble !== undefined) {
    return broken(id, `a pod does not run: ${trouble.message}`, { remedy: remedyOf(trouble), evidence });
  }
  const condition = status.conditions.find(
    ({ type, reason }) => type === 'ReplicaFailure' || reason === 'ProgressDeadlineExceeded',
  );
  if (condition !== undefined && (condition.type !== 'ReplicaFailure' || condition.status === 'True')) {
    const message = `the rollout does not advance: ${condition.message ?? condition.reason ?? 'no reason is known'}`;
    return broken(id, message, { remedy: describeOf(target), evidence });
  }
  if (spec.paused === true && updated < wanted) {
    return broken(id, `the rollout is paused: ${counts}`, {
      remedy: resumeOf(target),
      evidence,
    });
  }
  if (status.observedGeneration < metadata.generation) {
    return inTransition(id, 'the cluster has not begun the rollout of the last change', { evidence });
  }
  if (wanted === 0) {
    return unchecked(id, 'it is scaled to 0 replicas, so that nothing sends spans', { evidence });
  }
  const total = isDaemonSet ? updated : status.replicas;
  if (updated < wanted || ready < wanted || total > updated) {
    return inTransition(id, `the rollout is under way: ${counts}`, { evidence });
  }
  return proven(id, counts, { evidence });
}

const podText = ({ name, node, isReady, phase }: LivePod): string =>
  `pod ${name} on node ${node ?? '(none)'}: ${phase}, ${isReady ? 'ready' : 'not ready'}`;

/** The command that shows what keeps a pod from running. */
export const remedyOf = ({ pod, container, kind }: Trouble): string =>
  kind === 'crash-loop' || kind === 'memory'
    ? logOf(pod, container, true)
    : describeOf({ kind: 'Pod', name: pod.name, namespace: pod.namespace });

/** Names of pods in a message. */
export const podNames = (pods: readonly Pick<LivePod, 'name'>[]): string =>
  firstFew(
    pods.map(({ name }) => name),
    3,
  );
