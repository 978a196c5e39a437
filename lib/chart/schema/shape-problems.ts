import { isMapping } from '../../yaml/value.ts';
import { type KeysShape, keysOf, type Shape } from './shape.ts';
import { expected, fits } from './value-kinds.ts';

export type ValuePath = readonly (string | number)[];

/** What a schema refuses of a value, and where. */
export type ShapeProblem =
  /** The last key of the path is none that is known there. */
  | { readonly kind: 'unknown-key'; readonly path: ValuePath; readonly known: readonly string[] }
  /** `expected` is a noun phrase, e.g. `true or false`. */
  | { readonly kind: 'wrong-value'; readonly path: ValuePath; readonly value: unknown; readonly expected: string }
  /** Null where the chart has nothing that it could take away. */
  | { readonly kind: 'null'; readonly path: ValuePath }
  | { readonly kind: 'missing-key'; readonly path: ValuePath; readonly keys: readonly string[] }
  | { readonly kind: 'not-exactly-one'; readonly path: ValuePath; readonly keys: readonly string[] };

/**
 * All that a schema refuses of values once the chart has merged them over its own.
 *
 * @param isMerged whether the chart has a value of its own there, over which this one is merged
 */
export function shapeProblems(value: unknown, shape: Shape, path: ValuePath = [], isMerged = true): ShapeProblem[] {
  if (value === null) {
    return isMerged || shape.kind === 'anything' ? [] : [{ kind: 'null', path }];
  }
  if (!fits(value, shape)) {
    return [{ kind: 'wrong-value', path, value, expected: expected(shape) }];
  }
  if (Array.isArray(value)) {
    const item: Shape = shape.kind === 'list' ? shape.item : { kind: 'anything' };
    return value.flatMap((entry: unknown, index) => shapeProblems(entry, item, [...path, index], false));
  }
  if (!isMapping(value)) {
    return [];
  }
  switch (shape.kind) {
    case 'keys':
      return [...keyProblems(value, shape, path, isMerged), ...requirements(value, shape, path, isMerged)];
    case 'map':
      return Object.entries(value).flatMap(([key, entry]) =>
        shapeProblems(entry, shape.value, [...path, key], isMerged && shape.defaults.includes(key)),
      );
    case 'either':
      return shape.shapes.filter((one) => fits(value, one)).flatMap((one) => shapeProblems(value, one, path, false));
    default:
      return [];
  }
}

type Entries = Readonly<Record<string, unknown>>;

function keyProblems(value: Entries, shape: KeysShape, path: ValuePath, isMerged: boolean): ShapeProblem[] {
  const known = keysOf(shape);
  return Object.entries(value).flatMap(([key, entry]): ShapeProblem[] => {
    const at = [...path, key];
    const ofKey = Object.hasOwn(known, key) ? known[key] : undefined;
    if (ofKey === undefined) {
      return shape.open ? [] : [{ kind: 'unknown-key', path: at, known: Object.keys(known) }];
    }
    return shapeProblems(entry, ofKey, at, isMerged && Object.hasOwn(shape.defaults, key));
  });
}

function requirements(value: Entries, shape: KeysShape, path: ValuePath, isMerged: boolean): ShapeProblem[] {
  const isThere = (key: string) => (Object.hasOwn(value, key) ? value[key] !== null || !isMerged : isMerged);
  const missing = shape.required.filter((key) => !isThere(key));
  const chosen = shape.exactlyOne.filter((key) => Object.hasOwn(value, key));
  return [
    ...(missing.length === 0 ? [] : [{ kind: 'missing-key' as const, path, keys: missing }]),
    ...(shape.exactlyOne.length === 0 || chosen.length === 1
      ? []
      : [{ kind: 'not-exactly-one' as const, path, keys: shape.exactlyOne }]),
  ];
}
