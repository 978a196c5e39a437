import { textAt } from '../yaml/value.ts';
import type { LoadedSystem } from './load-system.ts';
import { Scopes } from './manifests/scopes.ts';

/** Parts of a system that decide its namespaces. */
type Parts = Pick<LoadedSystem, 'config' | 'manifests'>;

/** The namespaces of an application, its own first: those of services and of existing manifests. */
export function applicationNamespaces({ config, manifests = [] }: Parts): string[] {
  const scopes = new Scopes(manifests);
  return [
    ...new Set([
      config.namespace,
      ...config.services.flatMap(({ namespace }) => namespace ?? []),
      ...manifests.flatMap(({ namespace, objects }) =>
        objects.flatMap(({ value }) => {
          const own = textAt(value, 'metadata', 'namespace');
          return scopes.isNamespaced(value) ? (own ?? namespace) : [];
        }),
      ),
    ]),
  ];
}

/** All namespaces with objects of a system. Another system of the same name may use other namespaces. */
export const systemNamespaces = (parts: Parts): string[] => {
  const { delivery, namespace } = parts.config.collector;
  return [...new Set([...applicationNamespaces(parts), ...(delivery === 'existing' ? [] : [namespace])])];
};
