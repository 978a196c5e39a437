import type { Model } from '../model.ts';

/** Computes something of a model once, however many rules ask for it. */
export function memoized<T>(compute: (model: Model) => T): (model: Model) => T {
  const known = new WeakMap<Model, { readonly value: T }>();
  return (model) => {
    const found = known.get(model) ?? { value: compute(model) };
    known.set(model, found);
    return found.value;
  };
}
