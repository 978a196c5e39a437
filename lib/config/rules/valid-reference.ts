import type { Located } from '../reading/located.ts';
import type { ConfigRule } from './rule.ts';
import { isUnknown, namesIn, suggestName } from './support/names.ts';

const lists = { service: 'services', datastore: 'datastores' } as const;

type Kind = keyof typeof lists;

/** Services and datastores are referred to by their names. */
export const validReference: ConfigRule = {
  id: 'valid-reference',
  *check({ system }) {
    const namesOfKind = (kind: Kind) => namesIn(system.get(lists[kind]), (part) => part.get('name'));
    const names = { service: namesOfKind('service'), datastore: namesOfKind('datastore') };
    for (const [kind, other, reference] of references(system)) {
      const name = reference.text();
      if (name === undefined || !isUnknown(name, names[kind])) {
        continue;
      }
      const inConfigMap = reference.path[0] === 'configMap';
      yield names[other].has(name)
        ? reference.finding(
            `${name} is a ${other}, not a ${kind}`,
            inConfigMap ? `write: ${other}: ${name}` : suggestName(name, names[kind].all, 'name a service'),
          )
        : reference.finding(
            `no ${kind} is called ${name}`,
            suggestName(name, names[kind].all, `add it to ${lists[kind]}`),
          );
    }
  },
};

function references(system: Located): [Kind, Kind, Located][] {
  const values = system
    .at('configMap', 'data')
    .entries()
    .flatMap(([, value]): [Kind, Kind, Located][] => [
      ['service', 'datastore', value.get('service')],
      ['datastore', 'service', value.get('datastore')],
    ]);
  const routes = system
    .at('ingress', 'routes')
    .items()
    .map((route): [Kind, Kind, Located] => ['service', 'datastore', route.get('service')]);
  return [...values, ...routes];
}
