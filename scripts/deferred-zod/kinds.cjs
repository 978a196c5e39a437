'use strict';
const { absenceOf, called, codePoints, fresh, isObject, isPlainObject, judged, unsure } = require('./judgement.cjs');

/**
 * Functions of zod that make a schema, and below them methods of schemas: `parse` returns the output or `unsure`,
 * `absent` what it means that a key is missing (`optin` and `optout` of zod). What is not `isKnown` is zod's to judge.
 */
const makers = {
  string: { type: 'string', parse: (_, value) => (typeof value === 'string' ? value : unsure) },
  boolean: { parse: (_, value) => (typeof value === 'boolean' ? value : unsure) },
  number: { parse: (_, value) => (Number.isFinite(value) ? value : unsure) },
  unknown: { parse: (_, value) => value },
  any: { parse: (_, value) => value },
  custom: { isKnown: () => false },
  preprocess: { isKnown: () => false },
  /** Of `z.coerce`, by the name of its function. */
  coerce: { isKnown: () => false },
  enum: {
    isKnown: ({ args: [values] }) => Array.isArray(values),
    parse: ({ args: [values] }, value) => (values.includes(value) ? value : unsure),
  },
  literal: {
    isKnown: ({ args: [value] }) => typeof value === 'string',
    parse: ({ args: [expected] }, value) => (value === expected ? value : unsure),
  },
  array: {
    type: 'array',
    parse({ args: [element] }, value) {
      if (!Array.isArray(value)) {
        return unsure;
      }
      const list = new Array(value.length);
      for (let index = 0; index < value.length; index += 1) {
        const item = judged(element, value[index]);
        if (item === unsure) {
          return unsure;
        }
        list[index] = item;
      }
      return list;
    },
  },
  object: { shapeOf: ({ args: [shape] }) => shape ?? {}, parse: parsedObject },
  strictObject: { shapeOf: ({ args: [shape] }) => shape ?? {}, parse: parsedObject },
  looseObject: { shapeOf: ({ args: [shape] }) => shape ?? {}, parse: parsedObject },
  record: {
    isKnown: ({ args: [key, value] }) => key?.judgedType === 'string' && value !== undefined,
    parse({ args: [keyType, valueType] }, value) {
      if (!isPlainObject(value)) {
        return unsure;
      }
      const record = {};
      for (const key of Reflect.ownKeys(value)) {
        const name = key === '__proto__' ? unsure : judged(keyType, key);
        const item = name === unsure || name === '__proto__' ? unsure : judged(valueType, value[key]);
        if (item === unsure) {
          return unsure;
        }
        record[name] = item;
      }
      return record;
    },
  },
  union: {
    parse({ args: [options] }, value) {
      for (const option of options) {
        const result = judged(option, value);
        if (result !== unsure) {
          return result;
        }
      }
      return unsure;
    },
    absent: ({ args: [options] }) => {
      const all = options.map(absenceOf);
      const isDefaulted = all.some(({ input }) => input === 'defaulted');
      const isOptional = all.some(({ input }) => input !== undefined);
      return {
        input: isDefaulted ? 'defaulted' : isOptional ? 'optional' : undefined,
        output: all.some(({ output }) => output === 'optional') ? 'optional' : undefined,
      };
    },
  },
  discriminatedUnion: {
    isKnown: ({ args: [key, options] }) => options.every((option) => typeof wordOf(option, key) === 'string'),
    parse({ args: [key, options] }, value) {
      const option = isObject(value) ? options.find((each) => wordOf(each, key) === value[key]) : undefined;
      return option === undefined ? unsure : judged(option, value);
    },
  },
  lazy: {
    parse: (schema, value) => judged(schema.target(), value),
    absent: (schema) => absenceOf(schema.target()),
  },
};

const methods = {
  optional: {
    parse: ({ inner }, value) =>
      value === undefined && absenceOf(inner).input !== 'defaulted' ? undefined : judged(inner, value),
    absent: ({ inner }) => ({
      input: absenceOf(inner).input === 'defaulted' ? 'defaulted' : 'optional',
      output: 'optional',
    }),
  },
  nullable: {
    parse: ({ inner }, value) => (value === null ? null : judged(inner, value)),
    absent: ({ inner }) => absenceOf(inner),
  },
  default: {
    parse({ inner, args: [instead] }, value) {
      const result = value === undefined ? undefined : judged(inner, value);
      return result === undefined ? fresh(instead) : result;
    },
    absent: () => ({ input: 'defaulted', output: undefined }),
  },
  prefault: {
    parse: ({ inner, args: [instead] }, value) => judged(inner, value === undefined ? fresh(instead) : value),
    absent: () => ({ input: 'defaulted', output: undefined }),
  },
  transform: {
    parse({ inner, args: [fn] }, value) {
      const result = judged(inner, value);
      return result === unsure ? unsure : called(fn, result);
    },
    absent: ({ inner }) => ({ input: absenceOf(inner).input, output: undefined }),
  },
  extend: {
    isKnown: ({ inner }) => inner.isExtensible,
    shapeOf: ({ inner, args: [shape] }) => ({ ...inner.objectShape(), ...shape }),
    parse: parsedObject,
  },
  describe: { isSame: true },
  meta: { isSame: true },
  min: check(([least], text) => text.length >= 2 * least || codePoints(text) >= least, ['string', 'array']),
  max: check(([most], text) => text.length <= most, ['string', 'array']),
  regex: check(
    ([pattern], text) => {
      pattern.lastIndex = 0;
      return pattern.test(text);
    },
    ['string'],
  ),
  refine: {
    ...check(([fn], value) => {
      const result = fn(value);
      return Boolean(result) && !(result instanceof Promise);
    }),
    isKnown: ({ args: [, params] }) => !isObject(params) || !('when' in params),
  },
  superRefine: check(([fn], value) => called(fn, value) !== unsure),
};

/** A method that judges what the schema before it returns. */
function check(holds, types) {
  return {
    isSame: true,
    isKnown: ({ inner }) => types === undefined || types.includes(inner.judgedType),
    parse({ inner, args }, value) {
      const result = judged(inner, value);
      return result !== unsure && holds(args, result) ? result : unsure;
    },
  };
}

function parsedObject(schema, value) {
  if (!isObject(value)) {
    return unsure;
  }
  const object = {};
  for (const { key, member, input, output } of schema.fields()) {
    const isPresent = key in value;
    if (!isPresent && input === 'optional' && output === 'optional') {
      continue;
    }
    if (!isPresent && input === undefined) {
      return unsure;
    }
    const result = judged(member, value[key]);
    if (result === unsure) {
      if (!isPresent && output === 'optional') {
        continue;
      }
      return unsure;
    }
    if (result !== undefined || isPresent || (input === 'defaulted' && output !== 'optional')) {
      object[key] = result;
    }
  }
  if (schema.catches !== 'object') {
    const shape = schema.objectShape();
    for (const key in value) {
      if (!Object.hasOwn(shape, key)) {
        if (schema.catches === 'strictObject' || key === '__proto__') {
          return unsure;
        }
        object[key] = value[key];
      }
    }
  }
  return object;
}

/** The one text that a key of an object must be. */
function wordOf(option, key) {
  const shape = option.isKnown === true ? option.objectShape() : undefined;
  const field = shape !== undefined && Object.hasOwn(shape, key) ? shape[key] : undefined;
  return field?.isKnown === true ? field.word() : undefined;
}

module.exports = { makers, methods };
