import { z } from 'zod';
import { didYouMean } from '../../text/did-you-mean.ts';
import type { Path } from '../../yaml/value.ts';
import type { Located } from '../reading/located.ts';

/** The definitions that a value may answer to, with wrappers taken off: several only where the schema is a union. */
function schemasOf(schema: unknown, value: Located): z.ZodType[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodLazy
  ) {
    return schemasOf(schema.unwrap(), value);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const options = schema.options.flatMap((option) => schemasOf(option, value));
    return optionsOfType(options, schema.def.discriminator, value);
  }
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((option) => schemasOf(option, value));
  }
  return schema instanceof z.ZodType ? [schema] : [];
}

/** The definitions that stand at a path below a schema. */
export function schemasAt(schema: z.ZodType, root: Located, path: Path): z.ZodType[] {
  let value = root;
  let schemas = schemasOf(schema, root);
  for (const step of path) {
    const next = typeof step === 'number' ? value.item(step) : value.get(step);
    if (next === undefined) {
      return [];
    }
    schemas = schemas.flatMap((candidate) => schemasOf(childSchema(candidate, step), next));
    value = next;
  }
  return schemas;
}

/** Keys that mappings of these definitions may have. */
export const allowedKeys = (schemas: readonly z.ZodType[]): string[] =>
  schemas.flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));

function childSchema(schema: z.ZodType, step: string | number): unknown {
  if (schema instanceof z.ZodArray) {
    return schema.element;
  }
  if (schema instanceof z.ZodRecord) {
    return schema.valueType;
  }
  return schema instanceof z.ZodObject && Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
}

/** The alternative of the type that is written, or was probably meant; all of them when there is no telling. */
function optionsOfType(options: readonly z.ZodType[], discriminator: string, value: Located): z.ZodType[] {
  const typeOf = (option: z.ZodType) => {
    const literal = childSchema(option, discriminator);
    return literal instanceof z.ZodLiteral ? String(literal.value) : '';
  };
  const meant = didYouMean(value.get(discriminator).written() ?? '', options.map(typeOf));
  return options.filter((option) => meant === undefined || typeOf(option) === meant);
}
