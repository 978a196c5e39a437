import { joinNames } from '../../text/list.ts';
import { broken, type Evidence, type HopCheck, inTransition, proven, sentences, unchecked } from '../check.ts';
import { errorInLog } from './collector-log.ts';
import { collectorTitle, type LiveCollector } from './live-collector.ts';
import { dataReferences, startedBefore } from './live-data.ts';
import type { LivePod } from './live-pod.ts';
import type { ReadLog } from './pod-log.ts';
import { createOf, describeOf, logOf, restartOf } from './remedies.ts';
import { podNames, remedyOf } from './rollout-check.ts';
import { type ClusterSnapshot, objectKey, unreadList } from './snapshot.ts';
import { type Trouble, troubleOf } from './trouble.ts';

export interface CollectorCheckProps {
  readonly snapshot: ClusterSnapshot;
  readonly live: LiveCollector;
  /** Nodes on which it must run; undefined where any will do. */
  readonly nodes: readonly string[] | undefined;
  readonly readLog: ReadLog;
  /** What the check is called, e.g. `collector/ready`. */
  readonly id: HopCheck['id'];
}

/** A collector that has just started is given this long to become ready. */
const startMilliseconds = 180_000;

/** Whether a collector runs, is ready and has its present configuration on some nodes. */
export async function checkCollector(props: CollectorCheckProps): Promise<HopCheck> {
  const { snapshot, live, nodes, id } = props;
  const title = collectorTitle(live);
  const unread = unreadList(snapshot, 'pods', live.namespace);
  if (unread !== undefined) {
    return unchecked(id, unread.unread, unread);
  }
  const pods =
    nodes === undefined ? live.pods : live.pods.filter(({ node }) => node !== undefined && nodes.includes(node));
  const missing = missingData(snapshot, live);
  const evidence = pods.map(podEvidence);
  if (missing !== undefined) {
    return broken(id, `${title}: ${missing.message}`, { remedy: missing.remedy, evidence });
  }
  const trouble = live.pods
    .filter((pod) => pods.includes(pod) || pod.node === undefined)
    .map(troubleOf)
    .find((each) => each !== undefined);
  if (trouble !== undefined) {
    return troubleCheck(props, trouble, evidence);
  }
  const without = (nodes ?? []).filter((node) => !pods.some((pod) => pod.node === node));
  if (without.length > 0 || pods.length === 0) {
    const where = without.length === 0 ? '' : ` on node ${joinNames(without)}`;
    return broken(id, `${title} runs no pod${where}`, {
      remedy: describeOf(live),
      evidence,
    });
  }
  return readiness(props, pods, evidence);
}

async function readiness(
  { snapshot, live, id, readLog }: CollectorCheckProps,
  pods: readonly LivePod[],
  evidence: readonly Evidence[],
): Promise<HopCheck> {
  const title = collectorTitle(live);
  const notReady = pods.filter(({ isReady }) => !isReady);
  const [first] = notReady;
  if (first !== undefined) {
    const age = first.created === undefined ? 0 : snapshot.time - first.created;
    if (age < startMilliseconds) {
      return inTransition(id, `${title} starts on node ${joinNames(notReady.map(({ node }) => node ?? '(none)'))}`, {
        evidence,
      });
    }
    const error = errorInLog((await readLog(first)) ?? '');
    return broken(
      id,
      `${title} is not ready on node ${first.node ?? '(none)'}${error === undefined ? '' : `: ${error.message}`}`,
      {
        remedy: error?.remedy ?? logOf(first),
        evidence,
      },
    );
  }
  const stale = staleConfiguration(snapshot, live, pods);
  if (stale !== undefined) {
    return broken(id, `${title} runs its former configuration: ${stale.message}`, {
      remedy: restartOf(live),
      evidence: [...evidence, ...sentences(`pods that started earlier: ${podNames(stale.pods)}`)],
    });
  }
  return proven(id, `${title} is ready and started with its present configuration`, { evidence });
}

async function troubleCheck(
  { live, id, readLog }: CollectorCheckProps,
  trouble: Trouble,
  evidence: readonly Evidence[],
): Promise<HopCheck> {
  const { pod, container, kind, message } = trouble;
  const log =
    kind === 'crash-loop'
      ? ((await readLog(pod, { container, previous: true })) ?? (await readLog(pod, { container })))
      : undefined;
  const error = log === undefined ? undefined : errorInLog(log);
  const cause = error === undefined ? message : `crash loop: ${error.message}`;
  return broken(id, `${collectorTitle(live)}: ${cause}`, {
    remedy: error?.remedy ?? remedyOf(trouble),
    evidence: [
      ...evidence,
      ...sentences(`pod ${pod.name} on node ${pod.node ?? '(none)'}: ${message}`),
      ...(kind === 'crash-loop' && log === undefined ? sentences(`the log of pod ${pod.name} cannot be read`) : []),
    ],
  });
}

function podEvidence({ name, node, isReady, containers }: LivePod): Evidence {
  const restarts = containers.reduce((sum, { status }) => sum + (status?.restartCount ?? 0), 0);
  const last = containers.map(({ status }) => status?.lastState.terminated).find((ended) => ended !== undefined);
  const end =
    last === undefined
      ? ''
      : `, the last ended with status ${last.exitCode}${last.reason === undefined ? '' : ` (${last.reason})`}`;
  return {
    message: `pod ${name} on node ${node ?? '(none)'}: ${isReady ? 'ready' : 'not ready'}, ${restarts} restarts${end}`,
  };
}

/** A ConfigMap or Secret that the collector refers to, and that is not there. */
function missingData(
  snapshot: ClusterSnapshot,
  live: LiveCollector,
): { readonly message: string; readonly remedy: string } | undefined {
  for (const reference of dataReferences(live.workload.podTemplate, true)) {
    const { kind, name, key, optional } = reference;
    const reading = snapshot.data.get(objectKey(kind, live.namespace, name));
    if (optional || reading === undefined || 'unread' in reading) {
      continue;
    }
    if (reading.value === undefined) {
      return {
        message: `${kind} ${name} does not exist in its namespace`,
        remedy: createOf(reference, live.namespace),
      };
    }
    if (key !== undefined && !reading.value.keys.includes(key)) {
      return {
        message: `${kind} ${name} has no key ${key}`,
        remedy: `add the key ${key} to ${kind} ${name} of namespace ${live.namespace}`,
      };
    }
  }
  return undefined;
}

/** Pods that started before their ConfigMap or Secret changed: a collector reads both once. */
function staleConfiguration(
  snapshot: ClusterSnapshot,
  live: LiveCollector,
  pods: readonly LivePod[],
): { readonly message: string; readonly pods: readonly LivePod[] } | undefined {
  for (const { kind, name, key } of dataReferences(live.workload.podTemplate, true)) {
    const reading = snapshot.data.get(objectKey(kind, live.namespace, name));
    const data = reading !== undefined && 'value' in reading ? reading.value : undefined;
    const changed = data?.changed(key === undefined ? undefined : [key])?.at;
    const before = pods.filter(({ containers }) => containers.some(({ started }) => startedBefore(started, changed)));
    if (before.length > 0 && changed !== undefined) {
      return {
        message: `${kind} ${name} changed at ${new Date(changed).toISOString()}, after it had started`,
        pods: before,
      };
    }
  }
  return undefined;
}
