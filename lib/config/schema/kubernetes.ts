import { z } from 'zod';
import { fieldsOf, hasFields, type KubernetesField } from '../../kubernetes/types.ts';
import type { Mapping } from '../../yaml/value.ts';
import { flag, quantity, text, textLike } from './scalars.ts';

/** Values in Kubernetes' own words, with what the published JSON Schema holds in place of all their fields. */
const definitions = z.registry<{ readonly type: string; readonly json: z.core.JSONSchema.BaseSchema }>();

/** What is known of a value in Kubernetes' own words; of other values nothing. */
export const kubernetesDefinition = (schema: z.core.$ZodType) => definitions.get(schema);

const known = new Map<string, z.ZodType<Mapping>>();

const directive = z.enum(['delete', 'replace', 'merge']).optional();

/**
 * The fields of a type of Kubernetes.
 *
 * @param isPatch whether fields may be missing, and may be removed by `null`
 */
function definitionOf(type: string, isPatch: boolean, mergeKey?: string): z.ZodType<Mapping> {
  const id = `${type} ${isPatch} ${mergeKey ?? ''}`;
  const definition = known.get(id) ?? z.lazy(() => z.strictObject(shapeOf(type, isPatch, mergeKey)));
  known.set(id, definition);
  return definition;
}

const shapeOf = (type: string, isPatch: boolean, mergeKey?: string): Record<string, z.ZodType> => ({
  ...Object.fromEntries(
    [...fieldsOf(type)].map(([name, field]) => {
      const value = fieldDefinition(field, isPatch);
      const isNeeded = isPatch ? name === mergeKey : field.required;
      return [name, isNeeded ? value : isPatch ? value.nullable().optional() : value.optional()];
    }),
  ),
  ...(isPatch ? { $patch: directive } : {}),
});

function fieldDefinition(field: KubernetesField, isPatch: boolean): z.ZodType {
  const value = hasFields(field.type)
    ? definitionOf(field.type, isPatch && (field.shape !== 'list' || field.mergeKey !== undefined), field.mergeKey)
    : scalar(field.type);
  switch (field.shape) {
    case 'list':
      return z.array(value);
    case 'mapping':
      return z.record(z.string(), isPatch ? value.nullable() : value);
    default:
      return value;
  }
}

function scalar(type: string): z.ZodType {
  switch (type) {
    case 'number':
      return textLike(/^(-?(0|[1-9]\d{0,15})|0o?[0-7]{1,10})$/, 'a whole number').transform(wholeNumber);
    case 'boolean':
      return flag();
    case 'quantity':
      return quantity('250m');
    case 'intOrString':
      return text().transform((written) => (/^\d{1,9}$/.test(written) ? Number(written) : written));
    case 'any':
      return z.unknown();
    default:
      return text();
  }
}

/** Modes of files are octal in manifests: kubectl reads 0400 as 256. */
const wholeNumber = (written: string): number =>
  /^0o?[0-7]/.test(written) ? Number.parseInt(written.replace('o', ''), 8) : Number(written);

/** A value of a type of Kubernetes, e.g. `Affinity`. */
export const kubernetes = (type: string) =>
  z.lazy(() => definitionOf(type, false)).register(definitions, { type, json: { type: 'object' } });

/** A list of values of a type of Kubernetes, e.g. `Toleration`. */
export const kubernetesList = (type: string) =>
  z
    .array(definitionOf(type, false))
    .register(definitions, { type: `${type}[]`, json: { type: 'array', items: { type: 'object' } } });

/** A strategic merge patch of an object of a kind. */
export const kubernetesPatch = (kind: string) =>
  z.lazy(() => definitionOf(kind, true)).register(definitions, { type: kind, json: { type: 'object' } });

/** A mapping of names to texts, as labels and annotations are. */
export const textMapping = () => z.record(z.string(), text());
