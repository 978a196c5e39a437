import { textsAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import { collectorWorkload } from '../spans/collector-container.ts';
import { memoized } from '../spans/memoized.ts';
import type { Workload } from '../workload.ts';
import { operatorMode } from './collector-pods.ts';
import { annotationValue, OperatorResources, type ResourceSelection } from './selection.ts';

const annotation = 'sidecar.opentelemetry.io/inject';

/**
 * The collector that the operator adds to the pods of a workload.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/pkg/sidecar/podmutator.go
 */
export function sidecarOf(model: Model, workload: Workload): ResourceSelection<Collector> {
  const ofNamespace = textsAt(model.find('Namespace', workload.namespace)?.value, 'metadata', 'annotations');
  const value = annotationValue(workload.annotations[annotation], ofNamespace[annotation]);
  if (value === undefined) {
    return { kind: 'none' };
  }
  const { resources, collectors } = sidecars(model);
  const selected = resources.select(value, workload.namespace);
  if (selected.kind !== 'selected') {
    return selected;
  }
  const resource = collectors.get(selected.resource);
  return resource === undefined ? { kind: 'not-read' } : { kind: 'selected', resource };
}

const sidecars = memoized((model) => ({
  resources: new OperatorResources(
    model.manifests,
    'OpenTelemetryCollector',
    model.namespace.name,
    (manifest) => operatorMode(manifest) === 'sidecar',
  ),
  collectors: new Map(
    model.collectors
      .filter(({ isSidecar }) => isSidecar)
      .map((collector) => [collectorWorkload(model, collector)?.manifest, collector] as const),
  ),
}));
