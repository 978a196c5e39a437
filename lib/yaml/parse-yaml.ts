import { load, type Schema, YAMLException } from 'js-yaml';
import { aliasFault } from './aliases.ts';

/** What a text holds, or why it holds nothing; lines and columns count from 1. */
export type ParsedYaml =
  | { readonly value: unknown }
  | { readonly fault: string; readonly line: number; readonly column: number };

/** Reads one document. Never fails. */
export function parseYaml(text: string, schema: Schema): ParsedYaml {
  try {
    const value = load(text, { schema });
    const fault = /&\S/.test(text) && /\*\S/.test(text) ? aliasFault(value) : undefined;
    return fault === undefined ? { value } : { fault, line: 1, column: 1 };
  } catch (error) {
    if (error instanceof YAMLException) {
      const { line = 0, column = 0 } = error.mark ?? {};
      return { fault: error.reason, line: line + 1, column: column + 1 };
    }
    throw error;
  }
}
