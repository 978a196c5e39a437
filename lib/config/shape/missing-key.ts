import { z } from 'zod';
import { oneOf } from '../../text/list.ts';
import { keyOf, pathname } from './pathname.ts';
import { schemasAt } from './schema-at.ts';
import type { ShapeContext, ShapeProblem } from './shape-problem.ts';

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
