import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import { collectorWorkload } from '../spans/collector-container.ts';
import { resourceAttributesOf } from '../spans/resource-attributes.ts';
import { listAt, type Mapping, textAt } from '../value.ts';

/** Attributes that the processor `resourcedetection` finds: of the collector's own node. */
export function detectedAttributes(model: Model, collector: Collector, id: string): [string, string | undefined][] {
  return listAt(collector.config, 'processors', id, 'detectors').flatMap((detector): [string, string | undefined][] => {
    switch (detector) {
      case 'system':
        return systemNames(collector, id).map((name) => [name, undefined]);
      case 'env':
        return environmentOf(model, collector);
      case 'k8snode':
        return [
          ['k8s.node.name', '<spec.nodeName>'],
          ['k8s.node.uid', undefined],
        ];
      default:
        return [];
    }
  });
}

/** Detectors that ask something outside of the cluster, so that what they find is not known. */
export const cloudDetectors = ({ config }: Collector, id: string): string[] =>
  listAt(config, 'processors', id, 'detectors')
    .map(String)
    .filter((detector) => !['system', 'env', 'k8snode'].includes(detector));

/** Whether what it finds takes the place of what the SDK says. */
export const overrides = (config: Mapping, id: string): boolean =>
  textAt(config, 'processors', id, 'override') !== 'false';

const onByDefault = new Set(['host.name', 'os.type']);

function systemNames({ config }: Collector, id: string): string[] {
  return ['host.name', 'host.id', 'os.type'].filter((name) => {
    const told = textAt(config, 'processors', id, 'system', 'resource_attributes', name, 'enabled');
    return told === undefined ? onByDefault.has(name) : told === 'true';
  });
}

/** What `OTEL_RESOURCE_ATTRIBUTES` of the collector says; the chart names the node there. */
function environmentOf(model: Model, collector: Collector): [string, string | undefined][] {
  const workload = collectorWorkload(model, collector);
  if (workload === undefined) {
    return collector.fromValues ? [['k8s.node.name', '<spec.nodeName>']] : [];
  }
  return workload.containers.flatMap((container) => [...resourceAttributesOf(model.environment(workload, container))]);
}
