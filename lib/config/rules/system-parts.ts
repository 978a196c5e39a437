import type { Located } from '../reading/located.ts';

/** A service of the file, with what messages call it. */
export interface SystemPart {
  readonly part: Located;
  /** E.g. `service api-gateway`. */
  readonly title: string;
}

export const servicesOf = (system: Located): SystemPart[] => partsOf(system, 'services', 'service');

export const datastoresOf = (system: Located): SystemPart[] => partsOf(system, 'datastores', 'datastore');

const partsOf = (system: Located, list: string, kind: string): SystemPart[] =>
  system
    .get(list)
    .items()
    .map((part, index) => ({ part, title: `${kind} ${part.get('name').text() ?? `number ${index + 1}`}` }));

/** All claims for storage: those of the services' volumes and those of the datastores. */
export const claimsOf = (system: Located): Located[] => [
  ...servicesOf(system).flatMap(({ part }) =>
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
  ...[...servicesOf(system), ...datastoresOf(system)].map(({ part }) => part.get('resources')),
];

/** A setting of a service, or that of `serviceDefaults`. */
export function effective(system: Located, service: Located, key: string): Located {
  const own = service.get(key);
  return own.kind === 'absent' ? system.at('serviceDefaults', key) : own;
}
