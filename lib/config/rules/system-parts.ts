import type { Located } from '../reading/located.ts';
import { volumeSources } from '../schema/containers.ts';

/** A service of the file, with what messages call it. */
export interface SystemPart {
  readonly part: Located;
  readonly name: Located;
  /** E.g. `service api-gateway`. */
  readonly title: string;
}

export const servicesOf = (system: Located): readonly SystemPart[] => partsOf(system, 'services', 'service');

export const datastoresOf = (system: Located): readonly SystemPart[] => partsOf(system, 'datastores', 'datastore');

/** By system: every rule looks at them. */
const known = { service: new WeakMap<Located, SystemPart[]>(), datastore: new WeakMap<Located, SystemPart[]>() };

function partsOf(system: Located, list: string, kind: keyof typeof known): readonly SystemPart[] {
  const before = known[kind].get(system);
  if (before !== undefined) {
    return before;
  }
  const parts = system
    .get(list)
    .items()
    .map((part, index) => {
      const name = part.get('name');
      return { part, name, title: `${kind} ${name.text() ?? `number ${index + 1}`}` };
    });
  known[kind].set(system, parts);
  return parts;
}

/** By system: the services that have a key. */
const keyed = new WeakMap<Located, ReadonlyMap<string, SystemPart[]>>();

function servicesByKey(system: Located): ReadonlyMap<string, readonly SystemPart[]> {
  const before = keyed.get(system);
  if (before !== undefined) {
    return before;
  }
  const services = new Map<string, SystemPart[]>();
  for (const service of servicesOf(system)) {
    for (const key of service.part.keys()) {
      const known = services.get(key);
      if (known === undefined) {
        services.set(key, [service]);
      } else {
        known.push(service);
      }
    }
  }
  keyed.set(system, services);
  return services;
}

/** The services that have one of the keys: most rules concern few of them. */
export function servicesWith(system: Located, ...keys: readonly string[]): readonly SystemPart[] {
  const byKey = servicesByKey(system);
  const [first = [], ...others] = keys.flatMap((key) => {
    const services = byKey.get(key);
    return services === undefined ? [] : [services];
  });
  if (others.length === 0) {
    return first;
  }
  const found = new Set([...first, ...others.flat()]);
  return servicesOf(system).filter((service) => found.has(service));
}

/** The services for which a setting is made: all of them when `serviceDefaults` makes it. */
export const servicesSetting = (system: Located, key: string): readonly SystemPart[] =>
  system.at('serviceDefaults', key).kind === 'absent' ? servicesWith(system, key) : servicesOf(system);

/** All claims for storage: those of the services' volumes and those of the datastores. */
export const claimsOf = (system: Located): Located[] => [
  ...servicesWith(system, 'volumes').flatMap(({ part }) =>
    part
      .get('volumes')
      .items()
      .map((volume) => volume.get('claim')),
  ),
  ...datastoresOf(system).map(({ part }) => part.get('storage')),
];

/** All `resources` blocks. */
export const resourcesOf = (system: Located): Located[] => [
  system.at('serviceDefaults', 'resources'),
  ...[...servicesWith(system, 'resources'), ...datastoresOf(system)].map(({ part }) => part.get('resources')),
];

/** A setting of a service, or that of `serviceDefaults`. */
export function effective(system: Located, service: Located, ...path: string[]): Located {
  const own = service.at(...path);
  return own.kind === 'absent' ? system.at('serviceDefaults', ...path) : own;
}

/** Whether the root file system of a service's container cannot be written, so that `/tmp` is a volume. */
export function hasTemporaryFolder(system: Located, service: Located): boolean {
  const isTrue = (...path: string[]) => effective(system, service, ...path).text() === 'true';
  return isTrue('securityContext', 'readOnlyRootFilesystem') || isTrue('hardened');
}

/** Kind of the workload of a service, e.g. `deployment`. */
export const kindOf = (service: Located): string => {
  const kind = service.get('kind');
  return kind.kind === 'absent' ? 'deployment' : (kind.text() ?? '');
};

/** Whether the Service of a service offers a port. */
export const hasPorts = (service: Located): boolean =>
  service.get('port').kind !== 'absent' || service.get('ports').items().length > 0;

/** Whether a volume has a kind of its own, such as a ConfigMap. */
export const hasSource = (volume: Located): boolean =>
  Object.keys(volumeSources).some((source) => volume.get(source).kind !== 'absent');

/** Whether the collector's chart is installed; an unknown delivery counts as the default. */
export const usesChart = (system: Located): boolean =>
  !['manifests', 'existing'].includes(system.at('collector', 'delivery').text() ?? '');
