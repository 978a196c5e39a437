import type { Collector } from '../../model/collector/collector.ts';
import type { Service } from '../../model/network/service.ts';
import { collectorName, isOperatorResource, operatorMode } from '../../model/operator/collector-pods.ts';
import type { Sender } from '../../model/path/sender.ts';
import { answerTo } from '../../model/spans/answer-to.ts';
import { collectorsOnPath } from '../../model/spans/collectors-on-path.ts';
import type { Workload } from '../../model/workload.ts';
import { listAt, numberAt, textAt } from '../../yaml/value.ts';
import type { LivePod } from './live-pod.ts';
import { type ClusterSnapshot, podsOf } from './snapshot.ts';

/** A collector of the cluster with its pods. */
export interface LiveCollector {
  readonly collector: Collector;
  readonly workload: Workload;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly pods: readonly LivePod[];
}

/** Kind, namespace and name, for messages. */
export const collectorTitle = ({ kind, namespace, name }: Pick<LiveCollector, 'kind' | 'namespace' | 'name'>): string =>
  `${kind} ${namespace}/${name}`;

/** Every collector of the cluster whose configuration was read. */
export const liveCollectors = (snapshot: ClusterSnapshot): LiveCollector[] =>
  snapshot.model.collectors.flatMap((collector) => liveCollectorOf(snapshot, collector) ?? []);

export function liveCollectorOf(snapshot: ClusterSnapshot, collector: Collector): LiveCollector | undefined {
  const workload = snapshot.model.workloads.find(
    ({ title, namespace }) => title === collector.title && namespace === collector.namespace,
  );
  if (workload === undefined) {
    return undefined;
  }
  const { namespace } = workload;
  const run = isOperatorResource(workload.manifest, 'OpenTelemetryCollector') ? madeOf(workload) : workload;
  if (run === undefined) {
    return undefined;
  }
  const { kind, name } = run;
  return { collector, workload, kind, namespace, name, pods: podsOf(snapshot, { kind, namespace, name }) };
}

/** The workload that the operator makes; a sidecar is none. */
function madeOf({ manifest }: Workload): { readonly kind: string; readonly name: string } | undefined {
  const kinds = { daemonset: 'DaemonSet', deployment: 'Deployment', statefulset: 'StatefulSet', sidecar: undefined };
  const mode = operatorMode(manifest);
  const kind = mode && kinds[mode];
  return kind === undefined ? undefined : { kind, name: collectorName(manifest.name) };
}

/** What the live endpoint of a service leads to. */
export interface LivePath {
  /** The collector that answers, and those that it sends on to. */
  readonly collectors: readonly LiveCollector[];
  /** The Services that lead there; empty where the node's own address does. */
  readonly services: readonly Service[];
  /** The Service that the endpoint means and that the cluster does not have. */
  readonly missing?: { readonly namespace: string; readonly name: string };
  readonly port: number | undefined;
}

export function livePathOf(snapshot: ClusterSnapshot, sender: Sender): LivePath {
  const { endpoint } = sender.settings;
  const answer = endpoint === undefined ? undefined : answerTo(snapshot.model, sender.workload, endpoint);
  const collectors =
    answer?.kind === 'collector'
      ? collectorsOnPath(snapshot.model, answer.collector).flatMap((each) => liveCollectorOf(snapshot, each) ?? [])
      : [];
  const services = answer !== undefined && 'services' in answer ? answer.services : [];
  const missing = answer?.kind === 'no-service' ? { missing: { namespace: answer.namespace, name: answer.name } } : {};
  return { collectors, services, ...missing, port: endpoint?.port };
}

const defaultMetricsPort = 8888;

/** The port on which a collector shows its own metrics; undefined where it shows none. */
export function metricsPortOf({ collector: { config } }: LiveCollector): number | undefined {
  const readers = listAt(config, 'service', 'telemetry', 'metrics', 'readers');
  const port = readers
    .map((reader) => numberAt(reader, 'pull', 'exporter', 'prometheus', 'port'))
    .find((each) => each !== undefined);
  if (port !== undefined) {
    return port;
  }
  const address = textAt(config, 'service', 'telemetry', 'metrics', 'address');
  const written = /:(\d+)$/.exec(address ?? '')?.[1];
  return textAt(config, 'service', 'telemetry', 'metrics', 'level') === 'none'
    ? undefined
    : written === undefined
      ? defaultMetricsPort
      : Number(written);
}
