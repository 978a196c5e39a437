import { load, type Schema, YAMLException } from 'js-yaml';

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

/** More values than any document has, once every alias is replaced by what it stands for. */
const limit = 1_000_000;

/**
 * What is wrong with the aliases of a document: one that stands inside of what it stands for, or so many in each other
 * that no reader would follow them all.
 */
function aliasFault(value: unknown): string | undefined {
  const sizes = new Map<object, number>();
  const sizeOf = (node: unknown): number => {
    if (typeof node !== 'object' || node === null) {
      return 1;
    }
    const known = sizes.get(node);
    if (known !== undefined) {
      return known;
    }
    // Whoever meets it before it is done stands inside of it.
    sizes.set(node, Number.POSITIVE_INFINITY);
    const size = Object.values(node).reduce((sum: number, child) => sum + sizeOf(child), 1);
    sizes.set(node, size);
    return size;
  };
  const size = sizeOf(value);
  if (size === Number.POSITIVE_INFINITY) {
    return 'an alias stands inside of what it stands for';
  }
  return size > limit ? 'aliases stand for more values than anything reads' : undefined;
}
