import { componentType } from '../../pipeline/component.ts';
import { listAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import { accessOfValues, accessOfWorkload } from '../collector/node-access.ts';
import type { PlacedProblem } from '../collector/part.ts';
import type { Model } from '../model.ts';
import { collectorWorkload } from '../spans/collector-container.ts';
import { type InstalledCollector, installedBy } from '../values/integration-values.ts';

/** The detector that asks for the node of a collector which may not get nodes. */
export function forbiddenDetector(model: Model, collector: Collector): PlacedProblem[] {
  const installed = installedBy(model).get(collector);
  const found = installed === undefined ? inManifests(model, collector) : inValues(installed);
  return found === undefined ? [] : [found];
}

/** Names of the detector, the older one first. */
const names = ['k8snode', 'k8s_api'];

/** The processor of a pipeline that asks for the node as the pod's own account, and the detector by which it does. */
function nodeDetector({ pipelines, config }: Collector): { id: string; detector: string } | undefined {
  return pipelines.all
    .flatMap(({ processors }) => processors)
    .filter((id) => componentType(id) === 'resourcedetection')
    .flatMap((id) => names.map((detector) => ({ id, detector })))
    .find(({ id, detector }) => {
      const path = ['processors', id];
      return (
        listAt(config, ...path, 'detectors').includes(detector) &&
        ['serviceAccount', undefined].includes(textAt(config, ...path, detector, 'auth_type'))
      );
    });
}

function inValues({ alias, collector, document, path, values }: InstalledCollector): PlacedProblem | undefined {
  const { id } = nodeDetector(collector) ?? {};
  if (id === undefined || accessOfValues(values) !== 'forbidden') {
    return undefined;
  }
  const detectors = [...path, 'presets', 'resourceDetection', 'detectors', 'env'];
  const isNamed = valueAt(document.value, ...detectors) !== undefined;
  return {
    message: `${id} of ${alias} asks for its node, which ${alias} may not: the collector does not start`,
    place: isNamed ? document.place(detectors, 'key') : document.place([...path, 'provider'], 'key'),
    suggestion: `write below ${alias}: presets: { resourceDetection: { detectors: { env: [env, system] } } }`,
  };
}

function inManifests(model: Model, collector: Collector): PlacedProblem | undefined {
  const workload = collectorWorkload(model, collector);
  const { id, detector } = nodeDetector(collector) ?? {};
  return id === undefined || workload === undefined || accessOfWorkload(model, workload) !== 'forbidden'
    ? undefined
    : {
        message: `${id} of ${collector.title} asks for its node, and no ClusterRole lets it get nodes: the collector does not start`,
        place: collector.place(['processors', id, 'detectors']),
        suggestion: `remove ${detector}, or let its account get nodes`,
        manifest: workload.manifest,
      };
}
