import { setTimeout as sleep } from 'node:timers/promises';
import { explainSender } from '../../explain/explain-service.ts';
import type { Model } from '../../model/model.ts';
import { type Sender, sendersOf } from '../../model/path/sender.ts';
import type { ReadModelProps } from '../../model/read-model.ts';
import { type HopCheck, proven, unchecked } from '../check.ts';
import { inParallel } from '../in-parallel.ts';
import { type Target, targetTitle } from '../target.ts';
import { checkApplied } from './applied-check.ts';
import { checkAppliedCollectors } from './applied-collectors.ts';
import { checkCollector } from './collector-check.ts';
import { checkEndpoint, nodesOf } from './endpoint-check.ts';
import { checkEnvironment } from './environment-check.ts';
import { explanationCheck } from './explanation-check.ts';
import { checkIntake, type IntakeReading } from './intake-check.ts';
import type { KubeClient } from './kube-client.ts';
import { KubeError, unreadBy } from './kube-error.ts';
import { KubeletStatistics } from './kubelet-check.ts';
import { type LiveCollector, type LivePath, liveCollectors, livePathOf, metricsPortOf } from './live-collector.ts';
import type { LivePod } from './live-pod.ts';
import { hasOperatorResources } from './namespaces.ts';
import { readOwnFigures } from './own-metrics.ts';
import { deniedPermissions, neededPermissions, permissionText } from './permissions.ts';
import { logReader, type ReadLog } from './pod-log.ts';
import { readCluster } from './read-cluster.ts';
import { checkRollout } from './rollout-check.ts';
import type { ClusterSnapshot } from './snapshot.ts';

export interface CheckClusterProps {
  readonly client: KubeClient;
  /** What is committed. */
  readonly committed: Model;
  readonly targets: readonly Target[];
  readonly namespaces: readonly string[];
  readonly model: ReadModelProps;
  /**
   * Namespaces in which probes are created.
   *
   * @default - none
   */
  readonly probed?: readonly string[];
  /**
   * Whether the statistics of the kubelets are read.
   *
   * @default false
   */
  readonly withKubelets?: boolean;
  /**
   * How long lies between two looks at a collector that has failures to its account, in milliseconds.
   *
   * @default 5000
   */
  readonly lookMilliseconds?: number;
}

/** What the cluster shows of each service, in the order of the targets, and of the system. */
export interface ClusterChecks {
  readonly snapshot: ClusterSnapshot;
  readonly ofTargets: readonly (readonly HopCheck[])[];
  readonly ofSystem: readonly HopCheck[];
}

/**
 * Verifies the hops of the cluster.
 *
 * @throws KubeError when the API server does not answer at all
 */
export async function checkCluster(props: CheckClusterProps): Promise<ClusterChecks> {
  const { client, targets, namespaces, model } = props;
  await client.get('/version', 'the version of the API server');
  const snapshot = await readCluster({ client, namespaces, wanted: targets, model });
  const run = new ClusterRun(props, snapshot);
  const ofTargets = await Promise.all(targets.map((target) => run.checkTarget(target)));
  return { snapshot, ofTargets, ofSystem: await run.checkSystem() };
}

/** Metrics and logs of pods that are read at once. */
const atOnce = 8;

/** An exporter whose key is rejected logs it with every batch. */
const recentSeconds = 600;

class ClusterRun {
  private readonly senders: readonly Sender[];
  private readonly intakes = new Map<LivePod, Promise<IntakeReading>>();
  private readonly onPath = new Set<string>();
  private readonly kubelets: KubeletStatistics | undefined;
  private readonly readLog: ReadLog;

  constructor(
    private readonly props: CheckClusterProps,
    private readonly snapshot: ClusterSnapshot,
  ) {
    this.senders = sendersOf(snapshot.model);
    this.readLog = logReader(props.client);
    this.kubelets = props.withKubelets === true ? new KubeletStatistics(props.client) : undefined;
  }

  async checkTarget(target: Target): Promise<HopCheck[]> {
    const { snapshot } = this;
    const sender = this.senders.find(
      ({ workload, container }) => targetTitle(workload) === targetTitle(target) && container.name === target.container,
    );
    const before = [
      checkApplied(snapshot, this.props.committed, target),
      checkRollout(snapshot, target),
      ...(this.kubelets === undefined ? [] : [await this.kubelets.check(snapshot, target)]),
    ];
    if (sender === undefined) {
      const reason = `container ${target.container} of ${targetTitle(target)} was not found in the cluster`;
      return [
        ...before,
        ...(['environment', 'endpoint', 'pipeline'] as const).map((hop) => unchecked(`${hop}/live`, reason)),
      ];
    }
    const explanation = explainSender(snapshot.model, sender);
    const path = livePathOf(snapshot, sender);
    return [
      ...before,
      ...checkEnvironment(snapshot, target, explanation),
      ...(await this.checkCollectors(target, path)),
      ...checkEndpoint(snapshot, target, path, explanation),
      explanationCheck('pipeline/path', explanation, pipelineHops),
      ...(await this.checkIntake(target, path)),
    ];
  }

  /** The permissions of the user, what is committed of collectors, and the collector that reads the cluster. */
  async checkSystem(): Promise<HopCheck[]> {
    const others = liveCollectors(this.snapshot).filter(
      ({ collector, kind, namespace, name }) =>
        collector.tier === 'cluster-collector' && !this.onPath.has(`${kind} ${namespace}/${name}`),
    );
    return [
      await this.checkPermissions(),
      ...checkAppliedCollectors(this.snapshot, this.props.committed),
      ...(await Promise.all(others.map((live) => this.checkOne(live, undefined, 'collector/system')))),
    ];
  }

  private async checkPermissions(): Promise<HopCheck> {
    const needed = neededPermissions(this.props.namespaces, {
      ...this.props,
      withOperator: hasOperatorResources(this.props.committed),
    });
    const missing = await deniedPermissions(this.props.client, needed);
    const [first, ...others] = missing;
    if (first === undefined) {
      return proven('applied/permissions', `the user has the ${needed.length} permissions that are needed`);
    }
    const more = others.length === 0 ? '' : `, and lacks ${others.length} more`;
    return unchecked(
      'applied/permissions',
      `the user has no permission to ${permissionText(first)} for ${first.for}${more}`,
      {
        remedy: 'grant the permissions that podhost verify --print-role prints with the same options',
        evidence: missing.map((permission) => ({ message: `no permission to ${permissionText(permission)}` })),
      },
    );
  }

  private async checkCollectors(target: Target, { collectors }: LivePath): Promise<HopCheck[]> {
    const nodes = nodesOf(this.snapshot, target);
    return Promise.all(
      collectors.map((live, index) => {
        this.onPath.add(`${live.kind} ${live.namespace}/${live.name}`);
        // Without a pod of the service nothing shows on which nodes a collector is needed.
        const isLocal = index === 0 && live.collector.onEveryNode && nodes.length > 0;
        return this.checkOne(live, isLocal ? nodes : undefined, index === 0 ? 'collector/ready' : 'collector/next');
      }),
    );
  }

  private checkOne(live: LiveCollector, nodes: readonly string[] | undefined, id: HopCheck['id']): Promise<HopCheck> {
    return checkCollector({ snapshot: this.snapshot, live, nodes, readLog: this.readLog, id });
  }

  private async checkIntake(target: Target, { collectors }: LivePath): Promise<HopCheck[]> {
    const [live] = collectors;
    if (live === undefined) {
      return [];
    }
    const nodes = nodesOf(this.snapshot, target);
    const pods = live.collector.onEveryNode
      ? live.pods.filter(({ node }) => node !== undefined && nodes.includes(node))
      : live.pods;
    const readings = await inParallel(pods, atOnce, (pod) => this.intakeOf(live, pod));
    return [checkIntake(live, readings)];
  }

  /** The metrics of a pod, read once for all services of its node. */
  private intakeOf(live: LiveCollector, pod: LivePod): Promise<IntakeReading> {
    const known = this.intakes.get(pod) ?? this.readIntake(live, pod);
    this.intakes.set(pod, known);
    return known;
  }

  private async readIntake(live: LiveCollector, pod: LivePod): Promise<IntakeReading> {
    const port = metricsPortOf(live);
    if (port === undefined) {
      const unread = 'its configuration shows no metrics of its own (service.telemetry.metrics)';
      return { pod, unread, log: await this.readLog(pod, { seconds: recentSeconds }) };
    }
    try {
      const first = await readOwnFigures(this.props.client, pod, port);
      const isClean =
        first.refusedSpans + first.failedSpans + first.failedPoints + first.notQueued === 0 && first.sentSpans > 0;
      if (isClean) {
        return { pod, value: { first, second: first }, log: undefined };
      }
      await sleep(this.props.lookMilliseconds ?? 5000);
      const second = await readOwnFigures(this.props.client, pod, port);
      return { pod, value: { first, second }, log: await this.readLog(pod) };
    } catch (error) {
      if (error instanceof KubeError) {
        return { pod, ...unreadBy(error), log: await this.readLog(pod, { seconds: recentSeconds }) };
      }
      throw error;
    }
  }
}

/** Hops of an explanation that the collector's configuration decides. */
const pipelineHops = ['receiver', 'processors', 'spanmetrics', 'gateway', 'export', 'Coralogix'];
