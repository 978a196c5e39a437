import type { Place } from '../../problems/problem.ts';
import { listAt, numberAt, textAt, textsAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';

export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  /** Number or name of the container's port. */
  readonly targetPort: string;
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
      return number === undefined
        ? []
        : [{ name, port: number, targetPort: textAt(port, 'targetPort') ?? `${number}` }];
    }),
    place: () => manifest.place(['metadata', 'name']),
  };
}
