import { z } from 'zod';
import { didYouMean } from '../../text/did-you-mean.ts';
import { oneOf } from '../../text/list.ts';
import { quoted } from '../../text/quoted.ts';
import { repairFor } from '../schema/repairs.ts';
import { fieldPlace } from './kubernetes-fields.ts';
import { keyOf, pathname } from './pathname.ts';
import { allowedKeys, schemasAt } from './schema-at.ts';
import type { ShapeContext, ShapeProblem } from './shape-problem.ts';

/** Keys that a mapping may not have. */
export function unknownKeys({ schema, root, path, value }: ShapeContext, keys: readonly string[]): ShapeProblem[] {
  const allowed = allowedKeys(schemasAt(schema, root, path));
  const present = value.entries().map(([key]) => key);
  const free = allowed.filter((key) => !present.includes(key));
  const taken = allowed.filter((key) => present.includes(key));
  const where = path.length === 0 ? 'at the top of the file' : `in ${pathname(path)}`;
  return keys.map((key) => {
    const elsewhere = fieldPlace(root, path, key);
    if (elsewhere !== undefined) {
      const message = `unknown key ${quoted(key)} ${where}: ${elsewhere.what}`;
      return { id: 'unknown-key', path: [...path, key], atKey: true, message, suggestion: elsewhere.suggestion };
    }
    const meant = didYouMean(key, free);
    const twin = didYouMean(key, taken);
    return {
      id: 'unknown-key',
      path: [...path, key],
      atKey: true,
      message: `unknown key ${quoted(key)} ${where}`,
      ...(meant === undefined
        ? { suggestion: twin === undefined ? otherwise(key, allowed) : `remove it; ${twin} stands there already` }
        : { suggestion: `write: ${meant}`, meant: [...path, meant] }),
    };
  });
}

const otherwise = (key: string, allowed: readonly string[]): string =>
  key === '<<'
    ? 'write out what is merged: a configuration has no merge keys'
    : `remove it; allowed here: ${allowed.join(', ')}`;

/** A key of a record that is not of the right form. */
export function invalidKey({ schema, root, path }: ShapeContext, reason: string): ShapeProblem {
  const key = keyOf(path);
  const form = reason.replace(/^must be /, '');
  const repaired = schemasAt(schema, root, path.slice(0, -1))
    .filter((candidate) => candidate instanceof z.ZodRecord)
    .map((record) => repairFor(record.keyType, key));
  return {
    id: 'invalid-key',
    path,
    atKey: true,
    message: `the key ${quoted(key)} in ${pathname(path.slice(0, -1))} ${reason}`,
    suggestion: `write: ${repaired.find((text) => text !== undefined) ?? form}`,
  };
}

/** A key that must be there. */
export function missingKey(context: ShapeContext): ShapeProblem {
  const { path } = context;
  const parent = path.slice(0, -1);
  return {
    id: 'missing-key',
    path,
    message: `${parent.length === 0 ? 'the file' : pathname(parent)} has no key ${keyOf(path)}`,
    suggestion: suggestKey(context),
  };
}

/** One of several keys must be there. */
export const missingOneOf = ({ path }: ShapeContext, keys: readonly string[]): ShapeProblem => ({
  id: 'missing-key',
  path,
  message: `${pathname(path)} has none of the keys ${keys.join(', ')}`,
  suggestion: `write: ${oneOf(keys.map((key) => `${key}: …`))}`,
});

/** `write: KEY: …`, with the description of the key in the schema. */
export function suggestKey({ schema, root, path }: ShapeContext): string {
  const schemas = schemasAt(schema, root, path);
  const description = schemas.find((candidate) => candidate.description)?.description;
  const comment = description === undefined ? '' : `  # ${description.replace(/\.$/, '')}`;
  return `write: ${keyOf(path)}: ${oneOf(optionsOf(schemas)) || '…'}${comment}`;
}

/** The words that a value of a fixed set may be. */
const optionsOf = (schemas: readonly z.ZodType[]): string[] =>
  schemas.flatMap((schema) => {
    if (schema instanceof z.ZodEnum) {
      return schema.options.map(String);
    }
    return schema instanceof z.ZodLiteral ? [...schema.values].map(String) : [];
  });
