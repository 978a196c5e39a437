/** Keys and indexes that lead from the top of a document to a value. */
export type Path = readonly (string | number)[];

const longer = new WeakMap<Path, Map<string | number, Path>>();

/** A path with more steps: the same one each time, because thousands of objects of one kind hold the same paths. */
export function pathBelow(path: Path, ...steps: Path): Path {
  let current = path;
  for (const step of steps) {
    current = longer.get(current)?.get(step) ?? remembered(current, step);
  }
  return current;
}

function remembered(path: Path, step: string | number): Path {
  const known = longer.get(path) ?? new Map<string | number, Path>();
  const next = [...path, step];
  longer.set(path, known.set(step, next));
  return next;
}

/** A mapping whose values are not known yet. */
export type Mapping = { readonly [key: string]: unknown };

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at the end of a path, or undefined. Only a mapping's own keys count. */
export const valueAt = (value: unknown, ...path: Path): unknown => found(value, path);

/** The same with the path as a list: rules ask for millions of values, each by a short path. */
function found(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current)) {
      current = typeof step === 'number' ? current[step] : undefined;
    } else {
      current = isMapping(current) && Object.hasOwn(current, step) ? current[step] : undefined;
    }
  }
  return current;
}

/** A scalar as the text that it stands for, or undefined. */
export const textAt = (value: unknown, ...path: Path): string | undefined => textOf(found(value, path));

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? String(value) : endless(value);
  }
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
}

/** What is no number, and what is without end, as YAML writes them. */
const endless = (number: number): string => (Number.isNaN(number) ? '.nan' : number > 0 ? '.inf' : '-.inf');

/** A number that can be counted with, or undefined. */
export function numberAt(value: unknown, ...path: Path): number | undefined {
  const number = found(value, path);
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** How many there are, or undefined where that is no whole number, or less than none. */
export function countAt(value: unknown, ...path: Path): number | undefined {
  const count = numberAt(value, ...path);
  return count !== undefined && Number.isInteger(count) && count >= 0 ? count : undefined;
}

export function listAt(value: unknown, ...path: Path): readonly unknown[] {
  const list = found(value, path);
  return Array.isArray(list) ? list : [];
}

/** The scalars of a list as text; what else stands in it is left out. */
export const textListAt = (value: unknown, ...path: Path): string[] =>
  listAt(value, ...path).flatMap((entry) => textAt(entry) ?? []);

export function mappingAt(value: unknown, ...path: Path): Mapping {
  const mapping = found(value, path);
  return isMapping(mapping) ? mapping : {};
}

/** A mapping of scalars, such as labels, as text. */
export function textsAt(value: unknown, ...path: Path): Readonly<Record<string, string>> {
  const mapping = found(value, path);
  return isMapping(mapping)
    ? Object.fromEntries(
        Object.keys(mapping).flatMap((key) => {
          const text = textOf(mapping[key]);
          return text === undefined ? [] : [[key, text]];
        }),
      )
    : {};
}
