import { numberAt, type Path } from '../yaml/value.ts';
import type { ChartValues } from './chart-values.ts';
import type { Installation } from './installation.ts';
import { enabledPorts, namedPorts } from './pods.ts';
import { isTrue } from './template.ts';

/** A port of a Service; without a number the API server refuses it. */
export interface RenderedPort {
  readonly name: string;
  readonly port: number | undefined;
  /** Number or name of the container's port. */
  readonly targetPort: number | string | undefined;
  /**
   * Port of every node.
   *
   * @default - none is written
   */
  readonly nodePort?: number | undefined;
}

/** A Service as the chart writes it. */
export interface RenderedService {
  readonly name: string;
  readonly namespace: string;
  readonly type: string;
  readonly headless: boolean;
  readonly internalTrafficPolicy: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly RenderedPort[];
  /** Where its values stand, in those of the sub-chart. */
  readonly path: Path;
}

/** The Services that a sub-chart makes: that of the agent only when it is switched on. */
export function renderedServices(values: ChartValues, place: Installation): RenderedService[] {
  const isManaged = values.has('collectorCRD', 'generate');
  return [
    ...(isCollectorService(values, isManaged) ? [collectorService(values, place)] : []),
    ...(!isManaged && values.has('targetAllocator', 'enabled') ? [targetAllocatorService(place)] : []),
  ];
}

function isCollectorService(values: ChartValues, isManaged: boolean): boolean {
  const enabled = values.at('service', 'enabled');
  const isOn =
    values.mode === 'daemonset' ? isTrue(enabled) : enabled === undefined || enabled === null || enabled === true;
  return (isOn && !isManaged) || values.has('ingress', 'enabled');
}

function collectorService(values: ChartValues, { name, namespace, selector }: Installation): RenderedService {
  const isLocal = values.mode === 'daemonset' && values.at('service', 'enabled') === true;
  return {
    name,
    namespace,
    selector,
    type: values.text('service', 'type') ?? 'ClusterIP',
    headless: values.text('service', 'clusterIP') === 'None',
    internalTrafficPolicy: values.text('service', 'internalTrafficPolicy') ?? (isLocal ? 'Local' : 'Cluster'),
    ports: enabledPorts(namedPorts(values)).map(([key, port]) => ({
      name: key,
      port: numberAt(port, 'servicePort'),
      targetPort: numberAt(port, 'containerPort'),
      nodePort: numberAt(port, 'nodePort') || undefined,
    })),
    path: ['service'],
  };
}

/** The part that hands scrape targets to the collectors. */
function targetAllocatorService({ name, namespace, selector }: Installation): RenderedService {
  const label = 'app.kubernetes.io/name';
  return {
    name: `${name}-targetallocator`,
    namespace,
    selector: {
      [label]: `${selector[label] ?? ''}-target-allocator`,
      'app.kubernetes.io/instance': selector['app.kubernetes.io/instance'] ?? '',
      component: 'target-allocator',
    },
    type: 'ClusterIP',
    headless: false,
    internalTrafficPolicy: 'Cluster',
    ports: [{ name: 'targetallocation', port: 80, targetPort: 'http' }],
    path: ['targetAllocator'],
  };
}
