import { isMapping, type Mapping, type Path } from '../yaml/value.ts';

/** What stops helm while it runs the templates of a chart. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor(
    /** In the words of helm, e.g. `nil pointer evaluating interface {}.enabled`. */
    readonly reason: string,
    /**
     * The expression that failed, e.g. `.Values.presets.spanMetrics.enabled`.
     *
     * @default - a template stops by itself, with a message of the chart
     */
    readonly expression?: string,
    /**
     * Where the values stand that the expression reads, in those of the sub-chart.
     *
     * @default - nowhere in particular
     */
    readonly path?: Path,
    /**
     * What to write instead.
     *
     * @default - not known
     */
    readonly suggestion?: string,
  ) {
    super(expression === undefined ? reason : `at <${expression}>: ${reason}`);
  }
}

/**
 * What a template reads with `.Values.a.b.c`. Nothing at the end is nothing; nothing on the way stops helm.
 *
 * @throws TemplateError
 */
export function field(values: unknown, ...path: readonly string[]): unknown {
  return fieldOf(values, '.Values', path, path);
}

/** The same for any variable of a template. */
export function fieldOf(root: unknown, name: string, path: readonly string[], place?: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (isMapping(value)) {
      return Object.hasOwn(value, key) ? value[key] : undefined;
    }
    const reason = isNothing(value)
      ? `nil pointer evaluating interface {}.${key}`
      : `can't evaluate field ${key} in type interface {}`;
    throw new TemplateError(reason, [name, ...path].join('.'), place);
  }, root);
}

export const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;

/** Whether a value counts as true: anything but nothing, false, zero and what is empty. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length > 0;
  }
  return isMapping(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** A value where a function of templates wants a mapping. */
export function wantMapping(value: unknown, expression: string, path?: Path): Mapping {
  if (isMapping(value)) {
    return value;
  }
  const got = isNothing(value) ? 'interface {}' : goType(value);
  throw new TemplateError(`wrong type for value; expected map[string]interface {}; got ${got}`, expression, path);
}

/** A value where a function of templates wants text. */
export function wantText(value: unknown, expression: string, path?: Path): string {
  if (typeof value === 'string') {
    return value;
  }
  const got = isNothing(value) ? 'interface {}' : goType(value);
  throw new TemplateError(`wrong type for value; expected string; got ${got}`, expression, path);
}

/** A value by which `ternary` chooses. */
export function wantBoolean(value: unknown, expression: string, path?: Path): boolean {
  if (typeof value === 'boolean') {
    return value;
  }
  const reason = isNothing(value)
    ? 'invalid value; expected bool'
    : `wrong type for value; expected bool; got ${goType(value)}`;
  throw new TemplateError(reason, expression, path);
}

/** A list where `append` or `prepend` wants one. */
export function wantList(value: unknown, name: 'append' | 'prepend' | 'has', path?: Path): readonly unknown[] {
  if (Array.isArray(value)) {
    return value;
  }
  if (isNothing(value)) {
    throw new TemplateError(
      `error calling ${name}: runtime error: invalid memory address or nil pointer dereference`,
      undefined,
      path,
    );
  }
  const verb = { append: 'push', prepend: 'prepend', has: 'find has' }[name];
  throw new TemplateError(`error calling ${name}: Cannot ${verb} on type ${goKind(value)}`, undefined, path);
}

/** Whether a list has an entry; nothing has none. */
export const hasEntry = (list: unknown, entry: string, path?: Path): boolean =>
  !isNothing(list) && wantList(list, 'has', path).includes(entry);

/** Text as a template prints it. */
export function printed(value: unknown): string {
  return isNothing(value) ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const goType = (value: unknown): string =>
  Array.isArray(value) ? '[]interface {}' : isMapping(value) ? 'map[string]interface {}' : goKind(value);

export function goKind(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float64';
    default:
      return Array.isArray(value) ? 'slice' : 'map';
  }
}
