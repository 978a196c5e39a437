import { isMapping, type Mapping, textAt } from '../yaml/value.ts';

const reference = /\{\{-?\s*\.Values\.([\w.-]+)\s*-?\}\}/g;

/** Puts values in the place of `{{ .Values.… }}` in every text; what else a template may say stays as it is. */
export function withTemplates(value: unknown, values: Mapping): unknown {
  if (typeof value === 'string') {
    return value.replace(reference, (match, path: string) => textAt(values, ...path.split('.')) ?? match);
  }
  if (Array.isArray(value)) {
    return value.map((entry) => withTemplates(entry, values));
  }
  return isMapping(value)
    ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withTemplates(entry, values)] as const))
    : value;
}
