import type { Located } from '../reading/located.ts';
import { volumeSources } from '../schema/containers.ts';

/** A service of the file, with what messages call it. */
export interface SystemPart {
  readonly part: Located;
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
    .map((part, index) => ({ part, title: `${kind} ${part.get('name').text() ?? `number ${index + 1}`}` }));
  known[kind].set(system, parts);
  return parts;
}

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

/** The variables that a service lists, with their names. */
export const variablesOf = (service: Located): (readonly [string, Located])[] => [
  ...['configKeys', 'secretKeys'].flatMap((list) =>
    service
      .get(list)
      .items()
      .map((item) => [item.text() ?? '', item] as const),
  ),
  ...service.get('env').entries(),
];

/** Whether the collector's chart is installed; an unknown delivery counts as the default. */
export const usesChart = (system: Located): boolean =>
  !['manifests', 'existing'].includes(system.at('collector', 'delivery').text() ?? '');
