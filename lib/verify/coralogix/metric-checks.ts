import { joinNames } from '../../text/list.ts';
import { broken, type HopCheck, inTransition, proven, sentences, unchecked } from '../check.ts';
import { areYoung, delayMilliseconds, type KnownService } from './known-pods.ts';
import type { PromAnswer } from './promql.ts';
import {
  compactMetrics,
  plainMetrics,
  type RequiredLabel,
  requiredLabels,
  type SeriesReading,
  seriesOf,
  withLabel,
} from './series.ts';

/** Whether the plain metrics of a service exist with the labels that the catalogues need. */
export function checkMetrics(reading: SeriesReading, service: KnownService): HopCheck[] {
  return [...plainMetrics.map((metric) => checkMetric(reading, metric, service)), checkOverflow(reading, service)];
}

function checkMetric(reading: SeriesReading, metric: (typeof plainMetrics)[number], service: KnownService): HopCheck {
  const id = `metrics/${metric === 'calls_total' ? 'calls' : 'duration'}` as const;
  const answer = reading.plain[metric];
  const count = seriesOf(answer, service.service);
  const evidence = sentences(`${metric} has ${count} series`, `query: ${answer.query}`);
  if (count === 0) {
    return absent(
      id,
      `${metric} has no series of the service`,
      answer,
      service,
      'let a span metrics connector of the collector count the spans, with namespace "" and unit ms',
    );
  }
  const lacks = requiredNames.map((label) => ({ label, series: seriesOf(answer, service.service, label) }));
  const lacking = lacks.filter(({ series }) => series > count * tolerance);
  if (lacking.length === 0) {
    return proven(id, `${metric} has ${count} series with every label`, { evidence });
  }
  const most = Math.max(...lacking.map(({ series }) => series));
  const labels = joinNames(lacking.map(({ label }) => (label === 'owner' ? 'the name of the owner' : label)));
  const message =
    most === count ? `no series of ${metric} has ${labels}` : `${most} of ${count} series of ${metric} lack ${labels}`;
  const remedy = 'let the spans have these attributes before the span metrics connector counts them';
  return areYoung(service) ? inTransition(id, message, { evidence }) : broken(id, message, { remedy, evidence });
}

const requiredNames = Object.keys(requiredLabels).filter(isRequired);

function isRequired(name: string): name is RequiredLabel {
  return Object.hasOwn(requiredLabels, name);
}

/** Series of spans that arrived before their pod was known stay for five minutes. */
const tolerance = 0.01;

function checkOverflow({ overflow }: SeriesReading, { service }: KnownService): HopCheck {
  const id = 'metrics/overflow';
  const count = withLabel(overflow, 'service_name', service).reduce((sum, { value }) => sum + value, 0);
  const evidence = sentences(`query: ${overflow.query}`);
  return count > 0
    ? broken(id, 'more series are made than the collector may keep: the rest is counted without labels', {
        remedy: 'remove a dimension with many values: podhost forecast names them',
        evidence,
      })
    : proven(id, 'no series is counted into the overflow', { evidence });
}

/** Whether the compact metrics of a service exist. */
export function checkCompact({ compact }: SeriesReading, service: KnownService): HopCheck {
  const id = 'compact/series';
  const found = new Set(withLabel(compact, 'service_name', service.service).map(({ labels }) => labels['__name__']));
  const missing = compactMetrics.filter((name) => !found.has(name));
  const evidence = sentences(`query: ${compact.query}`);
  if (missing.length === 0) {
    return proven(id, 'the compact series exist', { evidence });
  }
  const remedy =
    'switch on spanMetrics.compactMetrics of the chart, or add a span metrics connector with namespace compact';
  return absent(id, `there is no ${joinNames(missing)}`, compact, service, remedy);
}

/** Whether the kubelet's and the host's metrics name the same pods, nodes and cluster. */
export function checkInfrastructure(
  reading: SeriesReading,
  service: KnownService,
  spanClusters: ReadonlySet<string>,
): HopCheck[] {
  const { pods } = service;
  if (pods === undefined) {
    const reason = 'the cluster was not read, so that the names of pods and nodes are compared with nothing';
    return [unchecked('infrastructure/pods', reason), unchecked('infrastructure/nodes', reason)];
  }
  return [
    checkPodMetrics(reading, service, pods),
    checkNodeMetrics(reading, service, pods),
    checkCluster(reading, service, spanClusters),
  ];
}

function checkPodMetrics(
  { podMetrics }: SeriesReading,
  service: KnownService,
  pods: NonNullable<KnownService['pods']>,
): HopCheck {
  const id = 'infrastructure/pods';
  const without = pods.filter(
    ({ name, namespace }) =>
      !podMetrics.samples.some(
        ({ labels }) => labels['k8s_pod_name'] === name && labels['k8s_namespace_name'] === namespace,
      ),
  );
  const evidence = sentences(`query: ${podMetrics.query}`);
  if (without.length === 0) {
    return proven(id, `metrics of all ${pods.length} pods exist`, { evidence });
  }
  const names = joinNames(without.map(({ name }) => name));
  const remedy = 'let the agent have the receiver kubeletstats: the preset kubeletMetrics of the chart';
  if (without.every(({ age }) => age === undefined || age < delayMilliseconds)) {
    return inTransition(id, 'its pods have started less than five minutes ago, and have no metrics yet', { evidence });
  }
  return without.length === pods.length
    ? absent(id, 'there are no metrics of its pods (k8s_pod_cpu_*, k8s_pod_memory_*)', podMetrics, service, remedy)
    : absent(
        id,
        `there are no metrics of ${without.length} of ${pods.length} pods (${names})`,
        podMetrics,
        service,
        remedy,
      );
}

function checkNodeMetrics(
  { nodeMetrics }: SeriesReading,
  service: KnownService,
  pods: NonNullable<KnownService['pods']>,
): HopCheck {
  const id = 'infrastructure/nodes';
  const nodes = [...new Set(pods.flatMap(({ node }) => node ?? []))];
  const without = nodes.filter(
    (node) =>
      !nodeMetrics.samples.some(({ labels }) => labels['k8s_node_name'] === node || labels['host_name'] === node),
  );
  if (without.length === 0) {
    return proven(id, `metrics of all ${nodes.length} nodes exist`, {
      evidence: sentences(`query: ${nodeMetrics.query}`),
    });
  }
  const remedy = 'let the agent have the receiver hostmetrics: the preset hostMetrics of the chart';
  return absent(
    id,
    `there are no metrics of node ${joinNames(without)} (system_cpu_*, system_memory_*)`,
    nodeMetrics,
    service,
    remedy,
  );
}

/** Pod and host are found by their cluster as well: it must have one name on both sides. */
function checkCluster(
  { podMetrics }: SeriesReading,
  { pods = [] }: KnownService,
  spanClusters: ReadonlySet<string>,
): HopCheck {
  const id = 'infrastructure/cluster';
  const names = new Set(pods.map(({ name }) => name));
  const clusters = new Set(
    podMetrics.samples.flatMap(({ labels }) =>
      names.has(labels['k8s_pod_name'] ?? '') ? (labels['k8s_cluster_name'] ?? []) : [],
    ),
  );
  if (clusters.size === 0 || spanClusters.size === 0) {
    return unchecked(
      id,
      `the name of the cluster is missing on ${clusters.size === 0 ? 'the metrics of the pods' : 'the spans'}`,
    );
  }
  const [ofMetrics] = [...clusters].filter((name) => !spanClusters.has(name));
  return ofMetrics === undefined
    ? proven(id, `the cluster is ${joinNames(clusters)} on spans and on metrics`)
    : broken(id, `the cluster is ${joinNames(spanClusters)} on spans, and ${ofMetrics} on the metrics of the pods`, {
        remedy: 'give every collector the same k8s.cluster.name',
      });
}

/** Something that no series shows: a fault, unless the answer is not whole or the pods have only started. */
function absent(
  id: HopCheck['id'],
  message: string,
  { partial, query }: PromAnswer,
  service: KnownService,
  remedy: string,
): HopCheck {
  const evidence = sentences(`query: ${query}`);
  if (partial !== undefined) {
    return unchecked(id, `the answer is not whole, so that nothing is no proof: ${partial}`, { evidence });
  }
  return areYoung(service)
    ? inTransition(id, `${message}, and its pods have started less than five minutes ago`, { evidence })
    : broken(id, message, { remedy, evidence });
}
