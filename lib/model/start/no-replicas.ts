import { countAt, listAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { PlacedProblem } from '../collector/part.ts';
import type { Model } from '../model.ts';
import { collectorWorkload } from '../spans/collector-container.ts';
import { memoized } from '../spans/memoized.ts';
import { installedCollectors } from '../values/integration-values.ts';

/** Kinds of which the number of pods is written. */
const scaledKinds = ['Deployment', 'StatefulSet', 'ReplicaSet', 'OpenTelemetryCollector'];

/** A collector of which no pod is wanted. An autoscaler of Kubernetes leaves it at that, one of KEDA need not. */
export function withoutReplicas(model: Model, collector: Collector): PlacedProblem[] {
  if (collector.onEveryNode || collector.isSidecar === true) {
    return [];
  }
  const message = `${collector.title} is scaled to 0 pods`;
  const scaled = hasOtherScaler(model) ? { cannotTell: true } : {};
  const installed = installedBy(model).get(collector);
  if (installed !== undefined) {
    const { document, path, values } = installed;
    const isZero = countAt(values.all, 'replicaCount') === 0 && !values.has('autoscaling', 'enabled');
    return isZero ? [{ message, place: document.place([...path, 'replicaCount']), ...scaled }] : [];
  }
  const workload = collectorWorkload(model, collector);
  return workload === undefined || !scaledKinds.includes(workload.kind) || workload.replicas > 0
    ? []
    : [
        {
          message,
          place: workload.manifest.place(['spec', 'replicas']),
          manifest: workload.manifest,
          ...scaled,
        },
      ];
}

const installedBy = memoized(
  (model) => new Map(installedCollectors(model).map((installed) => [installed.collector, installed])),
);

/** Whether something of KEDA was read, which scales what it names. */
const hasOtherScaler = memoized(({ manifests }) =>
  manifests.some(({ kind, value }) => kind === 'ScaledObject' && listAt(value, 'spec', 'triggers').length > 0),
);
