import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { componentType } from '../../pipeline/component.ts';
import { listAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { type InstalledCollector, installedCollectors } from './support/integration-values.ts';
import { accessOfValues, accessOfWorkload } from './support/nodes.ts';

export const noForbiddenNodeDetector: Rule = {
  id: 'no-forbidden-node-detector',
  severity: 'error',
  documentation: {
    summary: 'Reports the detector k8snode, in newer collectors k8s_api, where the collector may not get nodes.',
    why: 'The detector asks the API server for the collector’s own node when the collector starts, and the collector does not start when that fails. With `provider: on-prem` the chart adds it to every collector, but lets only those get nodes that have one of `kubeletMetrics`, `kubernetesExtraMetrics`, `kubernetesApiServerMetrics` or `clusterMetrics` on. The gateway has none: it crash-loops, and the agents’ traces pile up.',
    remediation: 'Name the detectors without k8snode. The name of the node comes from the environment all the same.',
    example: `opentelemetry-gateway:
  provider: on-prem
  presets:
    resourceDetection:
      detectors:
        env: [env, system]`,
    see: [
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/resourcedetectionprocessor',
    ],
  },
  check: (model) => [
    ...installedCollectors(model).flatMap((installed) => inValues(installed) ?? []),
    ...model.collectors.flatMap((collector) => inManifests(model, collector) ?? []),
  ],
};

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

function inValues({ alias, collector, document, path, values }: InstalledCollector): RuleFinding | undefined {
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

function inManifests(model: Model, collector: Collector): RuleFinding | undefined {
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
