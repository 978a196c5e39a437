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
    if (fault !== undefined) {
      return { fault, line: 1, column: 1 };
    }
    return collectionKey.test(text) && hasCollectionKey(value)
      ? { fault: 'a mapping is the key of a mapping, as {{ NAME }} without quotes is', ...placeOfKey(text) }
      : { value };
  } catch (error) {
    if (error instanceof YAMLException) {
      const { line = 0, column = 0 } = error.mark ?? {};
      return { fault: error.reason, line: line + 1, column: column + 1 };
    }
    throw error;
  }
}

/** Where a mapping may be a key: `{{ NAME }}`, `{a: b}: c` and `? `. */
const collectionKey = /\{\s*\{|\}\s*:|^[\s-]*\?\s/m;

/** Whether a mapping is a key, which the parser turns into this text and every reader here refuses. */
function hasCollectionKey(value: unknown): boolean {
  const nodes: unknown[] = [value];
  for (const node of nodes) {
    if (typeof node === 'object' && node !== null) {
      if (Object.hasOwn(node, '[object Object]')) {
        return true;
      }
      nodes.push(...Object.values(node));
    }
  }
  return false;
}

function placeOfKey(text: string): { line: number; column: number } {
  const lines = text.slice(0, text.search(collectionKey)).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
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
