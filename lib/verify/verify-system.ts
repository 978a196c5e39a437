import type { ReadModelProps } from '../model/read-model.ts';
import { type HopCheck, unchecked } from './check.ts';
import { type ClusterChecks, checkCluster } from './cluster/check-cluster.ts';
import type { KubeClient } from './cluster/kube-client.ts';
import { KubeError, unreadBy } from './cluster/kube-error.ts';
import { type ClusterSnapshot, podsOf } from './cluster/snapshot.ts';
import { checkCoralogix } from './coralogix/check-coralogix.ts';
import type { CoralogixClient } from './coralogix/coralogix-client.ts';
import type { KnownPod, KnownService } from './coralogix/known-pods.ts';
import { type CheckedHop, type HopId, hops, type OptionalHop, optionalHops, type SourceName } from './hop.ts';
import { joinedChecks } from './joined-checks.ts';
import type { Probe } from './probe/probe.ts';
import { type Reading, wasRead } from './reading.ts';
import type { CommittedFiles } from './static/manifest-checks.ts';
import { type Target, targetTitle } from './target.ts';
import { headlineOf, rowOf } from './verdict.ts';
import type { SourceInfo, Verification } from './verification.ts';

export interface VerifySystemProps {
  readonly files: CommittedFiles;
  readonly targets: readonly Target[];
  /** Hops to report. */
  readonly hops: readonly CheckedHop[];
  /** The cluster, or why it is not read; undefined where it was not asked for. */
  readonly cluster: Reading<KubeClient> | undefined;
  readonly namespaces: readonly string[];
  readonly model: ReadModelProps;
  /** Coralogix, or why it is not read; undefined where it was not asked for. */
  readonly coralogix: Reading<CoralogixClient> | undefined;
  readonly sources: readonly SourceInfo[];
  /**
   * Sends a span of its own as each service does.
   *
   * @default - none is sent
   */
  readonly probe?: Probe | undefined;
  /**
   * Is called with what was read of the cluster.
   *
   * @default - nobody needs it
   */
  readonly onSnapshot?: (snapshot: ClusterSnapshot) => void;
  /** @see CheckClusterProps */
  readonly lookMilliseconds?: number;
}

/** Verifies every hop once. */
export async function verifySystem(props: VerifySystemProps): Promise<Verification> {
  const { targets, files, hops: asked } = props;
  const now = new Date();
  const cluster = await clusterChecks(props);
  const coralogix = await coralogixChecks(props, cluster, now);
  const probes = await probeChecks(props, cluster);
  const ofFiles = targets.map((target) => [files.checkTarget(target)]);
  const subjects = targets.map((target, index) => ({
    name: nameOf(target, targets),
    isSystem: false,
    workload: targetTitle(target),
    checks: joinedChecks([
      ...(ofFiles[index] ?? []),
      ...(cluster.ofTargets[index] ?? []),
      ...(coralogix[index] ?? []),
      ...(probes[index] ?? []),
    ]),
  }));
  const system = { name: 'system', isSystem: true, workload: '', checks: [files.checkLint(), ...cluster.ofSystem] };
  const rows = [...subjects, system].map((subject) => rowOf(subject, asked)).filter(({ cells }) => cells.length > 0);
  return { time: now.toISOString(), sources: props.sources, hops: asked, rows, headline: headlineOf(rows) };
}

/** The probe is sent last: until then the spans of the services have the rest of the time to arrive. */
async function probeChecks(
  { probe, targets, coralogix }: VerifySystemProps,
  { snapshot }: ClusterPart,
): Promise<readonly (readonly HopCheck[])[]> {
  return probe === undefined || snapshot === undefined ? [] : probe.check({ snapshot, targets, coralogix });
}

/** Two workloads may have one service name. */
const nameOf = ({ service, namespace, name }: Target, targets: readonly Target[]): string =>
  targets.filter((other) => other.service === service).length > 1 ? `${service} (${namespace}/${name})` : service;

interface ClusterPart extends Pick<ClusterChecks, 'ofTargets' | 'ofSystem'> {
  readonly snapshot: ClusterChecks['snapshot'] | undefined;
}

async function clusterChecks(props: VerifySystemProps): Promise<ClusterPart> {
  const { cluster, targets, namespaces, model, files, lookMilliseconds } = props;
  if (cluster === undefined || !isAsked(props, 'cluster', 'coralogix')) {
    return { snapshot: undefined, ofTargets: [], ofSystem: [] };
  }
  if (!wasRead(cluster)) {
    return notRead(cluster, targets);
  }
  try {
    const checks = await checkCluster({
      client: cluster.value,
      committed: files.model,
      targets,
      namespaces,
      model,
      probed: props.probe === undefined ? [] : targets.map(({ namespace }) => namespace),
      withKubelets: props.hops.some(({ id }) => id === 'kubelet'),
      ...(lookMilliseconds === undefined ? {} : { lookMilliseconds }),
    });
    props.onSnapshot?.(checks.snapshot);
    return checks;
  } catch (error) {
    if (error instanceof KubeError) {
      return notRead(unreadBy(error), targets);
    }
    throw error;
  }
}

function notRead(
  { unread, remedy }: { readonly unread: string; readonly remedy?: string },
  targets: readonly Target[],
): ClusterPart {
  const checks = sourceHops('cluster').map((id) => unchecked(`${id}/cluster`, unread, { remedy }));
  return { snapshot: undefined, ofTargets: targets.map(() => checks), ofSystem: [] };
}

async function coralogixChecks(
  props: VerifySystemProps,
  cluster: ClusterPart,
  now: Date,
): Promise<readonly (readonly HopCheck[])[]> {
  const { coralogix, targets } = props;
  if (coralogix === undefined || !isAsked(props, 'coralogix')) {
    return [];
  }
  if (!wasRead(coralogix)) {
    const { unread, remedy } = coralogix;
    return targets.map(() => sourceHops('coralogix').map((id) => unchecked(`${id}/query`, unread, { remedy })));
  }
  const services = targets.map((target) => knownService(target, props, cluster));
  const withCatalogue = props.hops.some(({ id }) => id === 'catalogue');
  return checkCoralogix({ client: coralogix.value, services, now, withCatalogue });
}

function knownService(target: Target, { targets }: VerifySystemProps, { snapshot }: ClusterPart): KnownService {
  const same = targets.filter(({ service }) => service === target.service);
  const isListed = snapshot !== undefined && !snapshot.unread.has(`pods of ${target.namespace}`);
  return {
    service: target.service,
    namespace: target.namespace,
    workloads: same.map(({ name }) => name),
    pods: isListed ? knownPods(snapshot, target) : undefined,
    allPods: snapshot === undefined ? [] : same.flatMap((each) => knownPods(snapshot, each)),
  };
}

function knownPods(snapshot: ClusterSnapshot, target: Target): KnownPod[] {
  return podsOf(snapshot, target).map(({ name, namespace, node, containers }) => {
    const started = containers.find((container) => container.name === target.container)?.started;
    return { name, namespace, node, age: started === undefined ? undefined : snapshot.time - started };
  });
}

const sourceHops = (source: SourceName): HopId[] => hops.filter((hop) => hop.source === source).map(({ id }) => id);

/** Whether a hop of one of these sources is asked for. */
const isAsked = ({ hops: asked }: VerifySystemProps, ...sources: readonly SourceName[]): boolean =>
  asked.some(({ source }) => sources.includes(source));

/**
 * The hops to report: those that were named, of the sources that were asked for.
 *
 * @param optional hops whose options are given
 */
export const askedHops = (
  only: readonly HopId[],
  sources: readonly SourceName[],
  optional: readonly OptionalHop[] = [],
): CheckedHop[] =>
  hops.filter(
    ({ id, source }) =>
      sources.includes(source) &&
      (optionalHops.some((each) => each === id)
        ? optional.some((each) => each === id)
        : only.length === 0 || only.includes(id)),
  );

/** Whether waiting may change the answer: something fails or is not known that may come to hold by itself. */
export function isWorthWaiting({ rows, headline }: Verification): boolean {
  if (headline.verdict === 'proven') {
    return false;
  }
  const open = rows.flatMap(({ cells }) => cells.filter(({ status }) => status !== 'proven'));
  const first = open.find(({ status }) => status === 'broken');
  return first === undefined ? open.length > 0 : first.hop.heals;
}

/** Whether something is in transition, and all that is broken may heal. What is not checked is not waited for. */
export function isSettling({ rows }: Pick<Verification, 'rows'>): boolean {
  const cells = rows.flatMap((row) => row.cells);
  const broken = cells.filter(({ status }) => status === 'broken');
  const isMoving = broken.length > 0 || cells.some(({ status }) => status === 'transition');
  return isMoving && broken.every(({ hop }) => hop.heals);
}
