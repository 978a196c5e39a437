import { isMapping, type Mapping, type Path } from '../../yaml/value.ts';
import type { KeysShape, Shape } from './shape.ts';

/** What a schema refuses of values, and where. `reasons`: in the words of helm, one line each. */
export type SchemaProblem = { readonly path: Path; readonly reasons: readonly string[] } & (
  | { readonly kind: 'unknown-key'; readonly known: readonly string[] }
  /** `expected` is a noun phrase, e.g. `true or false`. */
  | { readonly kind: 'wrong-value'; readonly value: unknown; readonly expected: string }
  | { readonly kind: 'missing-key' | 'not-exactly-one'; readonly keys: readonly string[] }
);

/**
 * All that a schema refuses of values.
 *
 * @param value values as helm has merged them over those of the chart
 */
export function validate(value: unknown, shape: Shape, path: Path = []): SchemaProblem[] {
  if (typeof value !== 'object' || value === null) {
    return problemsOf(value, shape, path);
  }
  if (accepted.get(value) === shape) {
    return [];
  }
  const problems = problemsOf(value, shape, path);
  if (problems.length === 0) {
    accepted.set(value, shape);
  }
  return problems;
}

/** What is known to be right: most values are the chart's own, and the same each time. */
const accepted = new WeakMap<object, Shape>();

function problemsOf(value: unknown, shape: Shape, path: Path): SchemaProblem[] {
  if (shape.kind === 'either') {
    return validateEither(value, shape, path);
  }
  const type = typesOf(shape);
  if (type.length > 0 && !type.some((name) => isOfType(value, name))) {
    const wanted = type.length > 1 ? `[${type.join(',')}]` : type[0];
    return [wrong(value, shape, path, [`Invalid type. Expected: ${wanted}, given: ${typeOf(value)}`])];
  }
  switch (shape.kind) {
    case 'choice':
      return typeof value === 'string' && shape.values.includes(value)
        ? []
        : [wrong(value, shape, path, [`${field(path)} must be one of the following: ${choices(shape.values)}`])];
    case 'number':
      return rangeProblems(value, shape, path);
    case 'list':
      return Array.isArray(value)
        ? value.flatMap((entry: unknown, index) => validate(entry, shape.item, [...path, index]))
        : [];
    case 'map':
      return isMapping(value)
        ? Object.entries(value).flatMap(([key, entry]) => validate(entry, shape.value, [...path, key]))
        : [];
    case 'keys':
      return isMapping(value) ? validateKeys(value, shape, path) : [];
    default:
      return [];
  }
}

function validateEither(value: unknown, shape: Extract<Shape, { kind: 'either' }>, path: Path): SchemaProblem[] {
  const accepting = shape.shapes.filter((one) => validate(value, one, path).length === 0);
  if (shape.one ? accepting.length === 1 : accepting.length > 0) {
    return [];
  }
  const rule = shape.one
    ? 'Must validate one and only one schema (oneOf)'
    : 'Must validate at least one schema (anyOf)';
  const closest = shape.shapes.find((one) => typesOf(one).some((name) => isOfType(value, name))) ?? shape.shapes[0];
  const inside = accepting.length > 0 || closest === undefined ? [] : validate(value, closest, path);
  const deeper = inside.filter((problem) => problem.path.length > path.length || problem.kind !== 'wrong-value');
  const [first, ...others] = deeper;
  if (first === undefined) {
    const reasons = inside.flatMap((problem) => problem.reasons);
    return [{ ...wrong(value, shape, path, [rule]), reasons: [`${field(path)}: ${rule}`, ...reasons] }];
  }
  return [{ ...first, reasons: [`${field(path)}: ${rule}`, ...first.reasons] }, ...others];
}

function rangeProblems(value: unknown, shape: Extract<Shape, { kind: 'number' }>, path: Path): SchemaProblem[] {
  if (typeof value !== 'number') {
    return [];
  }
  const { least = value, most = value } = shape;
  return [
    ...(value < least ? [`Must be greater than or equal to ${least}`] : []),
    ...(value > most ? [`Must be less than or equal to ${most}`] : []),
  ].map((reason) => wrong(value, shape, path, [reason]));
}

function validateKeys(value: Mapping, shape: KeysShape, path: Path): SchemaProblem[] {
  const at = field(path);
  const missing = shape.required.filter((key) => !Object.hasOwn(value, key));
  const chosen = shape.exactlyOne.filter((key) => Object.hasOwn(value, key));
  const notOne = [
    `${at}: Must validate one and only one schema (oneOf)`,
    ...(chosen.length === 0 ? [`${at}: ${shape.exactlyOne[0]} is required`] : []),
  ];
  return [
    ...(shape.exactlyOne.length === 0 || chosen.length === 1
      ? []
      : [{ kind: 'not-exactly-one' as const, path, keys: shape.exactlyOne, reasons: notOne }]),
    ...(missing.length === 0
      ? []
      : [
          {
            kind: 'missing-key' as const,
            path,
            keys: missing,
            reasons: missing.map((key) => `${at}: ${key} is required`),
          },
        ]),
    ...Object.entries(value).flatMap(([key, entry]): SchemaProblem[] => {
      const known = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
      if (known !== undefined) {
        return validate(entry, known, [...path, key]);
      }
      const reasons = [`${at}: Additional property ${key} is not allowed`];
      return shape.open ? [] : [{ kind: 'unknown-key', path: [...path, key], known: Object.keys(shape.keys), reasons }];
    }),
  ];
}

/** What a shape accepts, as a noun phrase. */
export function expected(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return 'text';
    case 'toggle':
      return 'true or false';
    case 'integer':
      return 'a whole number';
    case 'text-or-integer':
      return 'text or a whole number';
    case 'number':
      return shape.least === undefined ? 'a number' : `a number from ${shape.least} to ${shape.most}`;
    case 'choice':
      return `one of ${shape.values.map((value) => value || '""').join(', ')}`;
    case 'list':
      return 'a list';
    case 'keys':
    case 'map':
      return 'a mapping';
    case 'either':
      return shape.shapes.map(expected).join(' or ');
    case 'anything':
      return 'anything';
  }
}

type JsonType = 'string' | 'boolean' | 'integer' | 'number' | 'array' | 'object' | 'null';

function typesOf(shape: Shape): JsonType[] {
  switch (shape.kind) {
    case 'text':
    case 'choice':
      return ['string'];
    case 'toggle':
      return ['boolean'];
    case 'integer':
      return ['integer'];
    case 'number':
      return ['number'];
    case 'text-or-integer':
      return ['string', 'integer'];
    case 'list':
      return shape.orNull ? ['array', 'null'] : ['array'];
    case 'map':
      return ['object'];
    case 'keys':
      return shape.untyped ? [] : ['object'];
    default:
      return [];
  }
}

function typeOf(value: unknown): JsonType {
  if (value === null || value === undefined) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'number';
    default:
      return 'object';
  }
}

const isOfType = (value: unknown, type: JsonType): boolean =>
  typeOf(value) === type || (type === 'number' && typeOf(value) === 'integer');

const wrong = (value: unknown, shape: Shape, path: Path, reasons: readonly string[]): SchemaProblem => ({
  kind: 'wrong-value',
  path,
  value,
  expected: expected(shape),
  reasons: reasons.map((reason) => `${field(path)}: ${reason}`),
});

const field = (path: Path): string => (path.length === 0 ? '(root)' : path.join('.'));

const choices = (values: readonly string[]): string => values.map((value) => JSON.stringify(value)).join(', ');
