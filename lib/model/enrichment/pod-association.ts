import { rememberedPair } from '../../remembered-pair.ts';
import { listAt, type Mapping, textAt } from '../../yaml/value.ts';

/** A source of an association: the connection, or an attribute by its name. */
export interface AssociationSource {
  readonly isConnection: boolean;
  readonly name: string;
}

const sourceOf = (source: unknown): AssociationSource => ({
  isConnection: textAt(source, 'from') === 'connection',
  name: textAt(source, 'name') ?? '',
});

/** The default associations, as if each were the address of the connection. */
const usual = [
  [{ from: 'resource_attribute', name: 'k8s.pod.ip' }],
  [{ from: 'resource_attribute', name: 'ip' }],
  [{ from: 'connection' }],
  [{ from: 'resource_attribute', name: 'host.name' }],
];

/** How a processor looks pods up. */
export const podAssociations = rememberedPair((config: Mapping, id: string) => {
  const written = listAt(config, 'processors', id, 'pod_association').map((entry) => listAt(entry, 'sources'));
  return {
    isPassthrough: textAt(config, 'processors', id, 'passthrough') === 'true',
    entries: (written.length === 0 ? usual : written).map((sources) => sources.map(sourceOf)),
  };
});
