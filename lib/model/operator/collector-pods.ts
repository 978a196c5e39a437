import { listAt, type Mapping, mappingAt, type Path, textAt, textsAt, valueAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';

/** Group of the resources of the OpenTelemetry operator. */
const group = 'opentelemetry.io/';

/** How the operator runs a collector. */
export type OperatorMode = 'daemonset' | 'deployment' | 'statefulset' | 'sidecar';

const modes: readonly OperatorMode[] = ['daemonset', 'deployment', 'statefulset', 'sidecar'];

/** Whether an object is a resource of the operator. */
export const isOperatorResource = ({ apiVersion, kind }: Manifest, wanted: string): boolean =>
  kind === wanted && apiVersion.startsWith(group);

/** The mode of an OpenTelemetryCollector, a Deployment by default; undefined where it is a text that is none. */
export function operatorMode({ value }: Manifest): OperatorMode | undefined {
  const written = textAt(value, 'spec', 'mode') ?? '';
  return written === '' ? 'deployment' : modes.find((mode) => mode === written);
}

/** Name of the container that the operator makes. */
export const operatorContainer = 'otc-container';

/** The pods that the operator makes of an OpenTelemetryCollector. */
export interface OperatorPods {
  readonly template: Mapping;
  readonly containers: readonly { readonly name: string; readonly value: Mapping; readonly path: Path }[];
}

/**
 * The pods of an OpenTelemetryCollector, whose `spec` has the keys of a pod and of its container side by side.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/docs/api/opentelemetrycollectors.md
 */
export function operatorPods(manifest: Manifest, namespace: string): OperatorPods | undefined {
  if (!isOperatorResource(manifest, 'OpenTelemetryCollector')) {
    return undefined;
  }
  const { value, name } = manifest;
  const spec = mappingAt(value, 'spec');
  const main = { name: operatorContainer, value: { ...spec, name: operatorContainer }, path: ['spec'] };
  const others = listAt(spec, 'additionalContainers').map((container, index) => ({
    name: textAt(container, 'name') ?? String(index),
    value: mappingAt(container),
    path: ['spec', 'additionalContainers', index],
  }));
  const containers = [main, ...others];
  // The operator puts a sidecar into the pods of others, which keep their labels.
  const labels = operatorMode(manifest) === 'sidecar' ? {} : operatorLabels(name, namespace);
  return {
    template: {
      metadata: {
        labels: { ...textsAt(value, 'metadata', 'labels'), ...labels },
        annotations: { ...textsAt(value, 'metadata', 'annotations'), ...textsAt(spec, 'podAnnotations') },
      },
      spec: {
        ...spec,
        serviceAccountName: textAt(spec, 'serviceAccount') ?? collectorName(name),
        containers: containers.map((container) => container.value),
        initContainers: listAt(valueAt(spec, 'initContainers')),
      },
    },
    containers,
  };
}

/** The name of what the operator makes of an OpenTelemetryCollector. */
export const collectorName = (name: string): string => `${name}-collector`;

/** What the Services of the operator select. */
export const operatorLabels = (name: string, namespace: string): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/component': 'opentelemetry-collector',
  'app.kubernetes.io/instance': `${namespace}.${name}`,
  'app.kubernetes.io/managed-by': 'opentelemetry-operator',
  'app.kubernetes.io/part-of': 'opentelemetry',
});
