import { type ObjectName, resourceName } from '../../run/kube/objects.ts';
import { firstFew } from '../../text/list.ts';
import { visibleLine } from '../../text/visible.ts';
import type { Inventory } from './inventory.ts';
import type { KeptRelease } from './kept-operator.ts';

export const isEmpty = (
  { gitops, objects, releases, secrets, volumes, namespaces }: Inventory,
  withVolumes: boolean,
): boolean =>
  gitops.length + objects.length + releases.length + secrets.length === 0 &&
  !(withVolumes && volumes.length + namespaces.length > 0);

/** Lists what will be removed and what will be kept, for confirmation. */
export function inventoryText(shown: Inventory, withVolumes: boolean): string {
  const { gitops, objects, releases, definitions, secrets, volumes, namespaces } = shown;
  const kept = [
    ...(withVolumes ? [] : byNamespace([...volumes, ...namespaces])),
    ...(shown.kept === undefined ? [] : [keptText(shown.kept)]),
  ];
  return [
    'This will be removed:',
    ...byNamespace([...gitops, ...objects, ...secrets, ...(withVolumes ? volumes : [])]),
    ...releases.map(({ release, namespace }) => `  Helm release ${release} in ${namespace}`),
    ...(definitions.length === 0 ? [] : [`  custom resource definitions of the release: ${definitions.join(', ')}`]),
    ...(withVolumes ? namespaces.map(({ name }) => `  namespace ${name} with everything in it`) : []),
    ...(withVolumes && kept.length === 0 ? [] : ['This will be kept:', ...(kept.length === 0 ? ['  nothing'] : kept)]),
  ]
    .map(visibleLine)
    .join('\n');
}

/** Maximum number of names in a line. */
const most = 5;

function keptText({ release, namespace, neededBy }: KeptRelease): string {
  const names = (neededBy ?? []).map((object) => `${resourceName(object)} in ${object.namespace}`);
  const why =
    neededBy === undefined
      ? 'this user has no permission to see whether others need it'
      : `others need it: ${firstFew(names, most)}`;
  return `  Helm release ${release} in ${namespace} with its Secret: ${why}`;
}

function byNamespace(objects: readonly ObjectName[]): string[] {
  const places = [...new Set(objects.map(({ namespace }) => namespace))];
  return places.map((place) => {
    const names = objects.filter(({ namespace }) => namespace === place).map(resourceName);
    return `  ${place === undefined ? 'cluster-scoped' : `in ${place}`}: ${names.join(', ')}`;
  });
}
