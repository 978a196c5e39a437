'use strict';
const {
  absenceOf,
  called,
  codePoints,
  fresh,
  isObject,
  isPlainObject,
  judgementOf,
  unsure,
} = require('./judgement.cjs');
const { objectJudgement } = require('./objects.cjs');

/**
 * Functions of zod that make a schema, and below them methods of schemas: `judgement` makes a function that returns the
 * output or `unsure`, `absent` what it means that a key is missing (`optin` and `optout` of zod). What is not `isKnown` is zod's to judge.
 */
const makers = {
  string: { type: 'string', judgement: () => (value) => (typeof value === 'string' ? value : unsure) },
  boolean: { judgement: () => (value) => (typeof value === 'boolean' ? value : unsure) },
  number: { judgement: () => (value) => (Number.isFinite(value) ? value : unsure) },
  unknown: { judgement: () => (value) => value },
  any: { judgement: () => (value) => value },
  custom: { isKnown: () => false },
  preprocess: { isKnown: () => false },
  /** Of `z.coerce`, by the name of its function. */
  coerce: { isKnown: () => false },
  enum: {
    isKnown: ({ args: [values] }) => Array.isArray(values),
    judgement:
      ({ args: [values] }) =>
      (value) =>
        values.includes(value) ? value : unsure,
  },
  literal: {
    isKnown: ({ args: [value] }) => typeof value === 'string',
    judgement:
      ({ args: [expected] }) =>
      (value) =>
        value === expected ? value : unsure,
  },
  array: {
    type: 'array',
    judgement: ({ args: [element] }) => {
      let judge;
      return (value) => {
        if (!Array.isArray(value)) {
          return unsure;
        }
        const list = new Array(value.length);
        for (let index = 0; index < value.length; index += 1) {
          judge ??= judgementOf(element);
          const item = judge(value[index]);
          if (item === unsure) {
            return unsure;
          }
          list[index] = item;
        }
        return list;
      };
    },
  },
  object: { shapeOf: ({ args: [shape] }) => shape ?? {}, judgement: objectJudgement },
  strictObject: { shapeOf: ({ args: [shape] }) => shape ?? {}, judgement: objectJudgement },
  looseObject: { shapeOf: ({ args: [shape] }) => shape ?? {}, judgement: objectJudgement },
  record: {
    isKnown: ({ args: [key, value] }) => key?.judgedType === 'string' && value !== undefined,
    judgement({ args: [keyType, valueType] }) {
      const judgeKey = judgementOf(keyType);
      let judgeValue;
      return (value) => {
        if (!isPlainObject(value)) {
          return unsure;
        }
        const record = {};
        for (const key of Reflect.ownKeys(value)) {
          judgeValue ??= judgementOf(valueType);
          const name = key === '__proto__' ? unsure : judgeKey(key);
          const item = name === unsure || name === '__proto__' ? unsure : judgeValue(value[key]);
          if (item === unsure) {
            return unsure;
          }
          record[name] = item;
        }
        return record;
      };
    },
  },
  union: {
    judgement:
      ({ args: [options] }) =>
      (value) => {
        for (const option of options) {
          const result = judgementOf(option)(value);
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
    judgement:
      ({ args: [key, options] }) =>
      (value) => {
        const option = isObject(value) ? options.find((each) => wordOf(each, key) === value[key]) : undefined;
        return option === undefined ? unsure : judgementOf(option)(value);
      },
  },
  lazy: {
    judgement: (schema) => (value) => judgementOf(schema.target())(value),
    absent: (schema) => absenceOf(schema.target()),
  },
};

const methods = {
  optional: {
    judgement({ inner }) {
      const judge = judgementOf(inner);
      const isDefaulted = absenceOf(inner).input === 'defaulted';
      return (value) => (value === undefined && !isDefaulted ? undefined : judge(value));
    },
    absent: ({ inner }) => ({
      input: absenceOf(inner).input === 'defaulted' ? 'defaulted' : 'optional',
      output: 'optional',
    }),
  },
  nullable: {
    judgement({ inner }) {
      const judge = judgementOf(inner);
      return (value) => (value === null ? null : judge(value));
    },
    absent: ({ inner }) => absenceOf(inner),
  },
  default: {
    judgement({ inner, args: [instead] }) {
      const judge = judgementOf(inner);
      return (value) => {
        const result = value === undefined ? undefined : judge(value);
        return result === undefined ? fresh(instead) : result;
      };
    },
    absent: () => ({ input: 'defaulted', output: undefined }),
  },
  prefault: {
    judgement({ inner, args: [instead] }) {
      const judge = judgementOf(inner);
      return (value) => judge(value === undefined ? fresh(instead) : value);
    },
    absent: () => ({ input: 'defaulted', output: undefined }),
  },
  transform: {
    judgement({ inner, args: [fn] }) {
      const judge = judgementOf(inner);
      return (value) => {
        const result = judge(value);
        return result === unsure ? unsure : called(fn, result);
      };
    },
    absent: ({ inner }) => ({ input: absenceOf(inner).input, output: undefined }),
  },
  extend: {
    isKnown: ({ inner }) => inner.isExtensible,
    shapeOf: ({ inner, args: [shape] }) => ({ ...inner.objectShape(), ...shape }),
    judgement: objectJudgement,
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
    judgement({ inner, args }) {
      const judge = judgementOf(inner);
      return (value) => {
        const result = judge(value);
        return result !== unsure && holds(args, result) ? result : unsure;
      };
    },
  };
}

/** The one text that a key of an object must be. */
function wordOf(option, key) {
  const shape = option.isKnown === true ? option.objectShape() : undefined;
  const field = shape !== undefined && Object.hasOwn(shape, key) ? shape[key] : undefined;
  return field?.isKnown === true ? field.word() : undefined;
}

module.exports = { makers, methods };
