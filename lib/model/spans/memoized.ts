import type { Model } from '../model.ts';

/** Memoizes a function of the model, since several rules need its result. */
export function memoized<T>(compute: (model: Model) => T): (model: Model) => T {
  const known = new WeakMap<Model, { readonly value: T }>();
  return (model) => {
    const found = known.get(model) ?? { value: compute(model) };
    known.set(model, found);
    return found.value;
  };
}
