import type { Variable } from '../../../lib/model/environment/variable.ts';

/** A variable that is written with its value. */
export const variable = (name: string, value: string | undefined): Variable => ({
  name,
  value,
  written: value,
  origin: { kind: 'literal' },
  path: [],
  unexpanded: [],
});

/** Variables by name. */
export const environment = (values: Readonly<Record<string, string | undefined>>) =>
  new Map(Object.entries(values).map(([name, value]) => [name, variable(name, value)]));
