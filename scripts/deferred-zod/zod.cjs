'use strict';
// Stands for zod in a bundle. A schema is kept as the calls that make it, and judges a value by itself; zod is loaded,
// and makes the schema of the same calls, when a value is refused or a schema is asked for anything else.
const { absenceOf, isPlainObject, judgementOf, unsure } = require('./judgement.cjs');
const { makers, methods } = require('./kinds.cjs');
const { Field } = require('./objects.cjs');

const required = { input: undefined, output: undefined };

/** Loads the real zod. */
let loaded;

const kinds = { ...makers, ...methods };

/** What is found out about a schema that a value is judged by: a run makes many schemas, and looks at few. */
class Findings {
  constructor() {
    this.zod = undefined;
    this.members = undefined;
    this.names = undefined;
    this.inside = undefined;
    this.judging = undefined;
  }
}

class Schema {
  /**
   * @param kind name of what zod calls to make it
   * @param args of that call
   * @param inner the schema that is the method's, if it is one
   */
  constructor(kind, args, inner) {
    this.kind = kind;
    this.args = args;
    this.inner = inner;
    this.registered = undefined;
    this.finds = undefined;
  }

  get found() {
    this.finds ??= new Findings();
    return this.finds;
  }

  get rule() {
    return kinds[this.kind];
  }

  get judgedType() {
    const { isSame, type } = this.rule;
    return isSame === true ? this.inner.judgedType : type;
  }

  /** Which kind of object it is. */
  get catches() {
    return this.inner === undefined ? this.kind : this.inner.catches;
  }

  get isExtensible() {
    const { kind, inner } = this;
    return inner === undefined ? this.rule.shapeOf !== undefined : inner.isExtensible && extensible.has(kind);
  }

  get isKnown() {
    const { isKnown } = this.rule;
    return isKnown === undefined || isKnown(this);
  }

  judge(value) {
    return this.judgement()(value);
  }

  /** The function that judges a value, which is made when there is one. */
  judgement() {
    this.found.judging ??= !this.isKnown
      ? judgementOf(this.real())
      : this.rule.judgement === undefined
        ? judgementOf(this.inner)
        : this.rule.judgement(this);
    return this.found.judging;
  }

  absence() {
    const { absent, isSame } = this.rule;
    return absent === undefined ? (isSame === true ? absenceOf(this.inner) : required) : absent(this);
  }

  /** Of an object, also one that is described or refined. */
  objectShape() {
    const { shapeOf, isSame } = this.rule;
    this.found.members ??=
      shapeOf === undefined ? (isSame && this.isKnown ? this.inner.objectShape() : undefined) : shapeOf(this);
    return this.found.members;
  }

  /** The keys of an object, and what it means that one is missing. */
  fields() {
    if (this.found.names === undefined) {
      const shape = this.objectShape();
      const keys = Object.keys(shape).filter((key) => key !== '__proto__');
      this.found.names = keys.map((key, index) => new Field(key, index, shape[key]));
    }
    return this.found.names;
  }

  word() {
    return this.kind === 'literal' ? this.args[0] : this.rule.isSame && this.inner.word();
  }

  target() {
    this.found.inside ??= this.args[0]();
    return this.found.inside;
  }

  /** The schema that zod makes of the same calls. */
  real() {
    if (this.found.zod === undefined) {
      const owner = this.inner === undefined ? loaded() : this.inner.real();
      this.found.zod = this.madeBy(owner);
      for (const [registry, about] of this.registered ?? []) {
        this.found.zod.register(real(registry), about);
      }
    }
    return this.found.zod;
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
    if (this.finds?.zod === undefined) {
      this.registered ??= [];
      this.registered.push([registry, about]);
    } else {
      this.found.zod.register(real(registry), about);
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
