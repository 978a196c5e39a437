'use strict';
// Stands for zod in a bundle. A schema is kept as the calls that make it, and judges a value by itself; zod is loaded,
// and makes the schema of the same calls, when a value is refused or a schema is asked for anything else.
const { absenceOf, isPlainObject, judgementOf, unsure } = require('./judgement.cjs');
const { makers, methods } = require('./kinds.cjs');

/** A key of an object. */
class Field {
  constructor(key, index, member) {
    const { input, output } = absenceOf(member);
    this.key = key;
    /** Stands for the key where all keys of an object are one text. */
    this.letter = String.fromCharCode(index);
    this.member = member;
    this.input = input;
    this.output = output;
    this.judging = undefined;
  }

  judge(value) {
    this.judging ??= judgementOf(this.member);
    return this.judging(value);
  }
}

const required = { input: undefined, output: undefined };

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
    this.judgedType = known.isSame === true ? inner.judgedType : known.type;
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
    this.judging = undefined;
  }

  judge(value) {
    return this.judgement()(value);
  }

  /** The function that judges a value, which is made when there is one. */
  judgement() {
    this.judging ??= !this.isKnown
      ? judgementOf(this.real())
      : this.rule.judgement === undefined
        ? judgementOf(this.inner)
        : this.rule.judgement(this);
    return this.judging;
  }

  absence() {
    const { absent, isSame } = this.rule;
    this.absences ??= absent === undefined ? (isSame === true ? absenceOf(this.inner) : required) : absent(this);
    return this.absences;
  }

  /** Of an object, also one that is described or refined. */
  objectShape() {
    const { shapeOf, isSame } = this.rule;
    this.members ??=
      shapeOf === undefined ? (isSame && this.isKnown ? this.inner.objectShape() : undefined) : shapeOf(this);
    return this.members;
  }

  /** The keys of an object, and what it means that one is missing. */
  fields() {
    if (this.names === undefined) {
      const shape = this.objectShape();
      const keys = Object.keys(shape).filter((key) => key !== '__proto__');
      this.names = keys.map((key, index) => new Field(key, index, shape[key]));
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

// So that to assign a field does not ask the proxy at the end of the prototypes, each time.
for (const field of Object.keys(new Schema('string', [], undefined))) {
  Schema.prototype[field] = undefined;
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
