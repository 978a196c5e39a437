'use strict';
// What a schema makes of a value, whether it is deferred or zod's own.

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

/** The function that finds the output of a schema of either kind, or `unsure`. */
function judgementOf(schema) {
  if (typeof schema.judgement === 'function') {
    return schema.judgement();
  }
  return (value) => {
    const result = schema.safeParse(value);
    return result.success ? result.data : unsure;
  };
}

/** What it means that a key is missing: `optin` and `optout` of zod. */
function absenceOf(schema) {
  if (schema.isKnown === true) {
    return schema.absence();
  }
  const { optin, optout } = schema._zod;
  return { input: optin, output: optout };
}

module.exports = { absenceOf, called, codePoints, fresh, isObject, isPlainObject, judgementOf, unsure };
