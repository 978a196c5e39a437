import { type Mapping, textAt, textListAt, valueAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { Variable } from '../environment/variable.ts';
import { collectorWorkload, isCollectorContainer } from '../spans/collector-container.ts';
import { memoized } from '../spans/memoized.ts';
import {
  resourceAttributesIn,
  resourceAttributesVariable,
  writtenResourceAttributes,
} from '../spans/written-resource-attributes.ts';
import type { SpanOrigin } from './span-origin.ts';

type Origin = Pick<SpanOrigin, 'model' | 'workload'>;

/** With their values. */
type Found = readonly (readonly [string, string | undefined])[];

/** The same for every workload but that of the collector. */
const known = memoized(() => new Map<Collector, Map<string, Found>>());

/** Attributes that the processor `resourcedetection` finds: of the collector's own node. */
export function detectedAttributes(origin: Origin, collector: Collector, id: string): Found {
  if (collectorWorkload(origin.model, collector) === origin.workload) {
    return found(origin, collector, id);
  }
  const ofModel = known(origin.model);
  const ofCollector = ofModel.get(collector) ?? new Map<string, Found>();
  const detected = ofCollector.get(id) ?? found(origin, collector, id);
  ofModel.set(collector, ofCollector.set(id, detected));
  return detected;
}

function found(origin: Origin, collector: Collector, id: string): Found {
  return detectorsOf(collector, id).flatMap((detector): [string, string | undefined][] => {
    switch (detector) {
      case 'system':
        return systemNames(collector, id).map((name) => [name, undefined]);
      case 'env':
        return environmentOf(origin, collector);
      case 'k8s_api':
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
export const cloudDetectors = (collector: Collector, id: string): string[] =>
  detectorsOf(collector, id).filter((detector) => !['system', 'env', 'k8s_api', 'k8snode'].includes(detector));

const detectorsOf = ({ config }: Collector, id: string): string[] =>
  valueAt(config, 'processors', id, 'detectors') === undefined
    ? ['env']
    : textListAt(config, 'processors', id, 'detectors');

/** Whether what it finds replaces the attribute of the SDK. */
export const overrides = (config: Mapping, id: string): boolean =>
  textAt(config, 'processors', id, 'override') !== 'false';

const onByDefault = new Set(['host.name', 'os.type']);

function systemNames({ config }: Collector, id: string): string[] {
  return ['host.name', 'host.id', 'os.type'].filter((name) => {
    const enabled = textAt(config, 'processors', id, 'system', 'resource_attributes', name, 'enabled');
    return enabled === undefined ? onByDefault.has(name) : enabled === 'true';
  });
}

/**
 * What the resource attributes in the variables of the collector say; the chart names the node there. It does not read
 * `OTEL_SERVICE_NAME`.
 */
function environmentOf({ model, workload }: Origin, collector: Collector): [string, string][] {
  const own = collectorWorkload(model, collector);
  if (own === undefined) {
    const text = collector.rendered?.resourceAttributes?.replaceAll('$(K8S_NODE_NAME)', '<spec.nodeName>');
    return text === undefined ? [] : [...resourceAttributesIn(text)];
  }
  return own.containers
    .filter((container) => isCollectorContainer(model, own, container))
    .flatMap((container) => [...configuredAttributes(model.environment(own, container))])
    .map(([name, value]) => [
      name,
      // Beside the application, it is in the same pod.
      own === workload ? value : ofCollector(value.replaceAll('<metadata.namespace>', own.namespace)),
    ]);
}

function configuredAttributes(environment: ReadonlyMap<string, Variable>): ReadonlyMap<string, string> {
  const written = environment.get(resourceAttributesVariable);
  const deprecated = environment.get('OTEL_RESOURCE');
  const isBlank = written === undefined || written.value?.trim() === '';
  return writtenResourceAttributes(
    isBlank && deprecated !== undefined ? new Map([[resourceAttributesVariable, deprecated]]) : environment,
  ).values;
}

/** What the cluster fills in about the collector's pod is not about that of the application. */
const ofCollector = (value: string): string =>
  value.replaceAll(/<((metadata|status\.podIP)[^<>]*)>/g, '<$1 of the collector>');
