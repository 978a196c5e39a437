import type { Listener } from '../../pipeline/listeners.ts';
import type { Place } from '../../problems/problem.ts';
import type { Service, ServicePort } from '../network/service.ts';
import { collectorName, operatorLabels } from './collector-pods.ts';

/** An OpenTelemetryCollector that is no sidecar. */
export interface ServedCollector {
  /** Of the resource. */
  readonly name: string;
  readonly namespace: string;
  readonly onEveryNode: boolean;
  readonly listeners: readonly Listener[];
  /** Ports that the resource names. */
  readonly ports: readonly ServicePort[];
  /** Where the resource is written. */
  readonly place: () => Place;
}

/**
 * The Services that the operator makes of an OpenTelemetryCollector: of a DaemonSet they lead to the caller's own node.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/internal/manifests/collector/service.go
 */
export function operatorServices({
  name,
  namespace,
  onEveryNode,
  listeners,
  ports: own,
  place,
}: ServedCollector): Service[] {
  const inferred = listeners
    .filter(({ port }) => !own.some((written) => written.port === port))
    .map(({ receiver, protocol, port }) => ({
      name: `${receiver.replaceAll('/', '-')}-${protocol}`,
      port,
      targetPort: `${port}`,
    }));
  const ports = [...own, ...inferred];
  const selector = operatorLabels(name, namespace);
  const service = { namespace, type: 'ClusterIP', externalName: undefined, selector, place };
  const internalTrafficPolicy = onEveryNode ? 'Local' : 'Cluster';
  const monitoring = { name: 'monitoring', port: 8888, targetPort: '8888' };
  const full = collectorName(name);
  return [
    ...(ports.length === 0
      ? []
      : [
          { ...service, name: full, headless: false, internalTrafficPolicy, ports },
          { ...service, name: `${full}-headless`, headless: true, internalTrafficPolicy, ports },
        ]),
    { ...service, name: `${full}-monitoring`, headless: false, internalTrafficPolicy: 'Cluster', ports: [monitoring] },
  ];
}
