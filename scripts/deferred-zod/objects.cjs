'use strict';
// How an object is judged, key by key.
const { absenceOf, isObject, judgementOf, unsure } = require('./judgement.cjs');

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

/** Objects repeat which keys they have: what these mean is found out once. */
function objectJudgement(schema) {
  const { catches } = schema;
  const fields = new Map(schema.fields().map((field) => [field.key, field]));
  const known = new Map();
  return (value) => {
    if (!isObject(value)) {
      return unsure;
    }
    let keys = '';
    const others = [];
    for (const key in value) {
      const field = fields.get(key);
      if (field !== undefined) {
        keys += field.letter;
      } else if (catches === 'strictObject' || (catches === 'looseObject' && key === '__proto__')) {
        return unsure;
      } else if (catches === 'looseObject') {
        others.push(key);
      }
    }
    const isPlain = Object.getPrototypeOf(value) === Object.prototype;
    let wanted = isPlain ? known.get(keys) : undefined;
    if (wanted === undefined) {
      wanted = wantedOf(fields, value);
      if (isPlain) {
        known.set(keys, wanted);
      }
    }
    const object = wanted === unsure ? unsure : objectOf(value, wanted);
    if (object !== unsure) {
      for (const key of others) {
        object[key] = value[key];
      }
    }
    return object;
  };
}

/** What is asked for of an object with these keys, in the order of the schema; `unsure` where a key is missing. */
function wantedOf(fields, value) {
  const wanted = [];
  for (const field of fields.values()) {
    const isPresent = field.key in value;
    if (!isPresent && field.input === undefined) {
      return unsure;
    }
    if (isPresent || field.input !== 'optional' || field.output !== 'optional') {
      wanted.push({ field, isPresent });
    }
  }
  return wanted;
}

function objectOf(value, wanted) {
  const object = {};
  for (const { field, isPresent } of wanted) {
    const { key, input, output } = field;
    const result = field.judge(value[key]);
    if (result === unsure) {
      if (isPresent || output !== 'optional') {
        return unsure;
      }
    } else if (result !== undefined || isPresent || (input === 'defaulted' && output !== 'optional')) {
      object[key] = result;
    }
  }
  return object;
}

module.exports = { Field, objectJudgement };
