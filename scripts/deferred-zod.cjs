'use strict';
// Stands for zod in a bundle. A schema is kept as the calls that make it, and judges a value by itself; zod is loaded,
// and makes the schema of the same calls, when a value is refused or a schema is asked for anything else.

/** Not valid, or not surely valid: zod decides, and finds the words. */
const unsure = Symbol('unsure');

/** What zod calls an object. */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** One that is made of `{}` or `Object.create(null)`. */
const isPlainObject = (value) => {
  const prototype = isObject(value) ? Object.getPrototypeOf(value) : undefined;
  return prototype === null || prototype === Object.prototype;
};

/** A default is copied each time that it is used. */
const fresh = (value) => {
  const made = typeof value === 'function' ? value() : value;
  return Array.isArray(made) ? [...made] : isPlainObject(made) ? { ...made } : made;
};

/** Calls a function of the schema that may report problems. */
function called(fn, value) {
  let isRefused = false;
  const context = { value, issues: [], addIssue: () => (isRefused = true) };
  const result = fn(value, context);
  return isRefused || context.issues.length > 0 || result instanceof Promise ? unsure : result;
}

const codePoints = (text) => [...text].length;

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
    isKnown: ({ args: [key, value] }) => key?.type === 'string' && value !== undefined,
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
    shapeOf: ({ inner, args: [shape] }) => ({ ...inner.shape(), ...shape }),
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
    isKnown: ({ inner }) => types === undefined || types.includes(inner.type),
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
    const shape = schema.shape();
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

/** The output of a schema of either kind. */
function judged(schema, value) {
  if (!(schema instanceof Schema)) {
    const result = schema.safeParse(value);
    return result.success ? result.data : unsure;
  }
  return schema.judge(value);
}

const required = { input: undefined, output: undefined };

function absenceOf(schema) {
  if (!(schema instanceof Schema) || !schema.isKnown) {
    const { optin, optout } = (schema instanceof Schema ? schema.real() : schema)._zod;
    return { input: optin, output: optout };
  }
  return schema.absence();
}

/** The one text that a key of an object must be. */
function wordOf(option, key) {
  const shape = option instanceof Schema && option.isKnown ? option.shape() : undefined;
  const field = shape !== undefined && Object.hasOwn(shape, key) ? shape[key] : undefined;
  return field instanceof Schema ? field.word() : undefined;
}

/** Loads the real zod. */
let loaded;

const kinds = { ...makers, ...methods };

class Schema {
  /**
   * @param kind name of what zod calls to make it
   * @param args of that call
   * @param inner the schema that is the method's, if it is one
   */
  constructor(kind, args, inner) {
    const known = kinds[kind];
    this.kind = kind;
    this.rule = known;
    this.args = args;
    this.inner = inner;
    this.type = known.isSame === true ? inner.type : known.type;
    /** Which kind of object it is. */
    this.catches = inner === undefined ? kind : inner.catches;
    this.isExtensible = inner === undefined ? known.shapeOf !== undefined : inner.isExtensible && extensible.has(kind);
    this.isKnown = known.isKnown === undefined || known.isKnown(this);
    // What is found out later, so that all schemas have one shape.
    this.zod = undefined;
    this.registered = undefined;
    this.absences = undefined;
    this.members = undefined;
    this.names = undefined;
    this.inside = undefined;
  }

  judge(value) {
    if (!this.isKnown) {
      const result = this.real().safeParse(value);
      return result.success ? result.data : unsure;
    }
    return this.rule.parse === undefined ? judged(this.inner, value) : this.rule.parse(this, value);
  }

  absence() {
    const { absent, isSame } = this.rule;
    this.absences ??= absent === undefined ? (isSame === true ? absenceOf(this.inner) : required) : absent(this);
    return this.absences;
  }

  /** Of an object, also one that is described or refined. */
  shape() {
    const { shapeOf, isSame } = this.rule;
    this.members ??= shapeOf === undefined ? (isSame && this.isKnown ? this.inner.shape() : undefined) : shapeOf(this);
    return this.members;
  }

  /** The keys of an object, and what it means that one is missing. */
  fields() {
    if (this.names === undefined) {
      const shape = this.shape();
      const keys = Object.keys(shape).filter((key) => key !== '__proto__');
      this.names = keys.map((key) => ({ key, member: shape[key], ...absenceOf(shape[key]) }));
    }
    return this.names;
  }

  word() {
    return this.kind === 'literal' ? this.args[0] : this.rule.isSame && this.inner.word();
  }

  target() {
    this.inside ??= this.args[0]();
    return this.inside;
  }

  /** The schema that zod makes of the same calls. */
  real() {
    if (this.zod === undefined) {
      const owner = this.inner === undefined ? loaded() : this.inner.real();
      this.zod = this.madeBy(owner);
      for (const [registry, about] of this.registered ?? []) {
        this.zod.register(real(registry), about);
      }
    }
    return this.zod;
  }

  madeBy(owner) {
    switch (this.kind) {
      case 'lazy':
        return owner.lazy(() => real(this.target()));
      case 'coerce': {
        const [name, ...args] = this.args;
        return owner.coerce[name](...args);
      }
      default:
        return owner[this.kind](...this.args.map(real));
    }
  }

  register(registry, about) {
    if (this.zod === undefined) {
      this.registered ??= [];
      this.registered.push([registry, about]);
    } else {
      this.zod.register(real(registry), about);
    }
    return this;
  }

  safeParse(value, ...more) {
    const data = more.length === 0 ? this.judge(value) : unsure;
    return data === unsure ? this.real().safeParse(value, ...more) : { success: true, data };
  }

  parse(value, ...more) {
    const data = more.length === 0 ? this.judge(value) : unsure;
    return data === unsure ? this.real().parse(value, ...more) : data;
  }
}

/** Methods behind which an object can still be extended. */
const extensible = new Set(['extend', 'describe', 'meta']);

for (const method of Object.keys(methods)) {
  Schema.prototype[method] = function (...args) {
    return method === 'meta' && args.length === 0 ? this.real().meta() : new Schema(method, args, this);
  };
}

/** Everything else of a schema is asked of zod's. */
Object.setPrototypeOf(
  Schema.prototype,
  new Proxy(Object.prototype, {
    get(target, key, schema) {
      if (key in target || typeof key === 'symbol' || schema.args === undefined) {
        return Reflect.get(target, key, schema);
      }
      const value = schema.real()[key];
      return typeof value === 'function' ? value.bind(schema.real()) : value;
    },
  }),
);

/** What is known about schemas. */
class Registry {
  real() {
    this.zod ??= loaded().registry();
    return this.zod;
  }

  get(schema) {
    return this.real().get(real(schema));
  }

  has(schema) {
    return this.real().has(real(schema));
  }

  add(schema, about) {
    schema.register(this, about);
    return this;
  }
}

/** An argument as zod needs it. */
function real(value) {
  if (value instanceof Schema || value instanceof Registry) {
    return value.real();
  }
  if (Array.isArray(value)) {
    return value.map(real);
  }
  return isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, real(member)]))
    : value;
}

const coerced = (type) => [type, (...args) => new Schema('coerce', [type, ...args], undefined)];

/** What is made here; everything else is zod's own. */
const made = {
  ...Object.fromEntries(Object.keys(makers).map((name) => [name, (...args) => new Schema(name, args, undefined)])),
  coerce: Object.fromEntries(['string', 'number', 'boolean', 'bigint', 'date'].map(coerced)),
  optional: (schema) => new Schema('optional', [], schema),
  nullable: (schema) => new Schema('nullable', [], schema),
  registry: () => new Registry(),
};

/** @param load called when zod is needed */
module.exports = (load) => {
  loaded = load;
  return new Proxy(made, {
    get: (own, name) => (Object.hasOwn(own, name) ? own[name] : load()[name]),
  });
};
