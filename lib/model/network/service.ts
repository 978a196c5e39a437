import type { Place } from '../../problems/problem.ts';
import { listAt, numberAt, textAt, textsAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';

export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  /** Number or name of the container's port. */
  readonly targetPort: string;
  /**
   * Port of every node that leads to it.
   *
   * @default - none, or one that only the cluster knows
   */
  readonly nodePort?: number;
}

/** A Service, written as a manifest or made by a chart. */
export interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly type: string;
  /** The name that an ExternalName Service stands for. */
  readonly externalName: string | undefined;
  readonly headless: boolean;
  /** `Local`: only pods on the caller's own node answer. */
  readonly internalTrafficPolicy: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePort[];
  /**
   * `Local`: from outside of the cluster only pods on the node that is addressed answer.
   *
   * @default Cluster
   */
  readonly externalTrafficPolicy?: string;
  /**
   * Whether it is reached by the address of a node, so that its ports are those of the node.
   *
   * @default false
   */
  readonly isAtNode?: boolean;
  readonly place: () => Place;
}

export function serviceOf(manifest: Manifest, defaultNamespace: string): Service {
  const { value } = manifest;
  return {
    name: manifest.name,
    namespace: manifest.namespace ?? defaultNamespace,
    type: textAt(value, 'spec', 'type') ?? 'ClusterIP',
    externalName: textAt(value, 'spec', 'externalName'),
    headless: textAt(value, 'spec', 'clusterIP') === 'None',
    internalTrafficPolicy: textAt(value, 'spec', 'internalTrafficPolicy') ?? 'Cluster',
    selector: textsAt(value, 'spec', 'selector'),
    ports: listAt(value, 'spec', 'ports').flatMap((port) => {
      const number = numberAt(port, 'port');
      const name = textAt(port, 'name');
      const nodePort = numberAt(port, 'nodePort') || undefined;
      return number === undefined
        ? []
        : [
            {
              name,
              port: number,
              targetPort: textAt(port, 'targetPort') ?? `${number}`,
              ...(nodePort === undefined ? {} : { nodePort }),
            },
          ];
    }),
    externalTrafficPolicy: textAt(value, 'spec', 'externalTrafficPolicy') ?? 'Cluster',
    place: () => manifest.place(['metadata', 'name']),
  };
}

/** Types of Services that take a port of every node. */
export const takesNodePorts = ({ type }: Pick<Service, 'type'>): boolean =>
  type === 'NodePort' || type === 'LoadBalancer';

/** A Service as it is reached by the address of a node; undefined where it takes no port there that is known. */
export function serviceAtNode(service: Service): Service | undefined {
  const ports = takesNodePorts(service)
    ? service.ports.flatMap((port) => (port.nodePort === undefined ? [] : [{ ...port, port: port.nodePort }]))
    : [];
  return ports.length === 0 ? undefined : { ...service, ports, isAtNode: true };
}
