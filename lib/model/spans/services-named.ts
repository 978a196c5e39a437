import { groupBy } from '../../group-by.ts';
import type { Model } from '../model.ts';
import type { Service } from '../network/service.ts';
import { memoized } from './memoized.ts';

/** Services of a name, in whatever namespace. */
export const servicesNamed = (model: Model, name: string): readonly Service[] => byName(model).get(name) ?? [];

const byName = memoized(({ services }) => groupBy(services, ({ name }) => name));
