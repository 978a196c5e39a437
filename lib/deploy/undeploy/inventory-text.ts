import { type ObjectName, resourceName } from '../cluster/object-name.ts';
import type { Inventory } from './inventory.ts';

export const isEmpty = (
  { objects, releases, secrets, volumes, namespaces }: Inventory,
  withVolumes: boolean,
): boolean =>
  objects.length + releases.length + secrets.length === 0 && !(withVolumes && volumes.length + namespaces.length > 0);

/** What goes and what stays, for a person to agree to. */
export function inventoryText(shown: Inventory, withVolumes: boolean): string {
  const { objects, releases, secrets, volumes, namespaces } = shown;
  const kept = [...volumes, ...namespaces];
  return [
    'This goes:',
    ...byNamespace([...objects, ...secrets, ...(withVolumes ? volumes : [])]),
    ...releases.map(({ release, namespace }) => `  Helm release ${release} in ${namespace}`),
    ...(withVolumes ? namespaces.map(({ name }) => `  namespace ${name} with everything in it`) : []),
    ...(withVolumes ? [] : ['This stays:', ...(kept.length === 0 ? ['  nothing'] : byNamespace(kept))]),
  ].join('\n');
}

function byNamespace(objects: readonly ObjectName[]): string[] {
  const places = [...new Set(objects.map(({ namespace }) => namespace))];
  return places.map((place) => {
    const names = objects.filter(({ namespace }) => namespace === place).map(resourceName);
    return `  ${place === undefined ? 'of the cluster' : `in ${place}`}: ${names.join(', ')}`;
  });
}
