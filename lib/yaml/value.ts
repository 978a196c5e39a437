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
export function valueAt(value: unknown, ...path: Path): unknown {
  return path.reduce<unknown>((current, step) => {
    if (Array.isArray(current)) {
      return typeof step === 'number' ? current[step] : undefined;
    }
    return isMapping(current) && Object.hasOwn(current, step) ? current[step] : undefined;
  }, value);
}

/** A scalar as the text that it stands for, or undefined. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const found = valueAt(value, ...path);
  if (typeof found === 'number') {
    return Number.isFinite(found) ? String(found) : endless(found);
  }
  return typeof found === 'string' || typeof found === 'boolean' ? String(found) : undefined;
}

/** What is no number, and what is without end, as YAML writes them. */
const endless = (number: number): string => (Number.isNaN(number) ? '.nan' : number > 0 ? '.inf' : '-.inf');

/** A number that can be counted with, or undefined. */
export function numberAt(value: unknown, ...path: Path): number | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** How many there are, or undefined where that is no whole number, or less than none. */
export function countAt(value: unknown, ...path: Path): number | undefined {
  const found = numberAt(value, ...path);
  return found !== undefined && Number.isInteger(found) && found >= 0 ? found : undefined;
}

export function listAt(value: unknown, ...path: Path): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The scalars of a list as text; what else stands in it is left out. */
export const textListAt = (value: unknown, ...path: Path): string[] =>
  listAt(value, ...path).flatMap((entry) => textAt(entry) ?? []);

export function mappingAt(value: unknown, ...path: Path): Mapping {
  const found = valueAt(value, ...path);
  return isMapping(found) ? found : {};
}

/** A mapping of scalars, such as labels, as text. */
export function textsAt(value: unknown, ...path: Path): Readonly<Record<string, string>> {
  const found = mappingAt(value, ...path);
  return Object.fromEntries(
    Object.keys(found).flatMap((key) => {
      const text = textAt(found, key);
      return text === undefined ? [] : [[key, text]];
    }),
  );
}
