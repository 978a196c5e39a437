import type { Located } from '../reading/located.ts';
import { type SystemPart, servicesWith } from './system-parts.ts';

/** Keys of a service that list variables. */
const lists = ['configKeys', 'secretKeys', 'env'] as const;

/** A variable that a service lists. */
export interface ListedVariable {
  readonly service: SystemPart;
  /** Its name; empty where it has the wrong shape. */
  readonly name: string;
  /** The name in a list, the value in `env`. */
  readonly value: Located;
  readonly list: (typeof lists)[number];
}

/** By system: several rules look at them. */
const known = new WeakMap<Located, readonly ListedVariable[]>();

/** The variables that the services list, service by service. */
export function variablesOf(system: Located): readonly ListedVariable[] {
  const found = known.get(system) ?? servicesWith(system, ...lists).flatMap(variablesOfService);
  known.set(system, found);
  return found;
}

export function variablesOfService(service: SystemPart): ListedVariable[] {
  const found: ListedVariable[] = [];
  for (const list of lists) {
    const listed = service.part.get(list);
    for (const value of list === 'env' ? [] : listed.items()) {
      found.push({ service, name: value.text() ?? '', value, list });
    }
    for (const [name, value] of list === 'env' ? listed.entries() : []) {
      found.push({ service, name, value, list });
    }
  }
  return found;
}

/** Those in `env` alone, which have values. */
export const environmentOf = (system: Located): readonly ListedVariable[] =>
  variablesOf(system).filter(({ list }) => list === 'env');

/** The values that services may read: those of the ConfigMap and those in `env`. */
export const valuesOf = (system: Located): readonly Located[] => [
  ...system
    .at('configMap', 'data')
    .entries()
    .map(([, value]) => value),
  ...environmentOf(system).map(({ value }) => value),
];
