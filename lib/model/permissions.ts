import { type Grant, type GrantedRole, rolesAmong } from '../chart/permissions.ts';
import { groupBy } from '../group-by.ts';
import { grantsIn } from './grants.ts';
import type { Model } from './model.ts';
import { memoized } from './spans/memoized.ts';

/** The roles that a ServiceAccount is bound to, as far as manifests show it. */
export const rolesOf = (model: Model, namespace: string, account: string): readonly GrantedRole[] =>
  rolesAmong(granted(model).get(`${namespace}/${account}`) ?? [], `${namespace}/${account}`);

const granted = memoized(
  ({ manifests, namespace }): ReadonlyMap<string, readonly Grant[]> =>
    groupBy(grantsIn(manifests, namespace.name), ({ account }) => account),
);
