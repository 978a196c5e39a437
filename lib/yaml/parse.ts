import { type LoadOptions, load, type Schema, YAMLException } from 'js-yaml';
import { AliasBudget, aliasExcess } from './aliases.ts';
import { limitMessages, ValueBudget, YamlExcess, yamlLimits } from './limits.ts';
import { simpleValue } from './simple-value.ts';

/** What a text holds, or why it holds nothing; lines and columns count from 1. */
export type ParsedYaml = { readonly value: unknown } | YamlError;

export interface YamlError {
  /** One sentence. */
  readonly error: string;
  readonly line: number;
  readonly column: number;
  /** Whether it is YAML, and more than is read. */
  readonly isExcess: boolean;
}

/**
 * Reads one document. Never fails.
 *
 * @param budget how many values it may hold
 */
export function parseYaml(text: string, schema: Schema, budget = new ValueBudget()): ParsedYaml {
  const simple = simpleValue(text, schema);
  if (simple === undefined) {
    return parsedByLibrary(text, schema, budget);
  }
  try {
    budget.take(simple.nodes);
    return { value: simple.value };
  } catch (error) {
    return yamlErrorOf(error);
  }
}

/** The same, slowly: what `simpleValue` is measured by. */
export function parsedByLibrary(text: string, schema: Schema, budget = new ValueBudget()): ParsedYaml {
  const aliases = new AliasBudget();
  const options: LoadOptions = {
    ...yamlLimits,
    schema,
    listener: (event, state) => {
      if (event === 'open') {
        budget.take();
      } else {
        aliases.take(state);
      }
    },
  };
  try {
    const value = load(text, options);
    const excess = /&\S/.test(text) && /\*\S/.test(text) ? aliasExcess(value, budget) : undefined;
    if (excess !== undefined) {
      return { error: excess, line: 1, column: 1, isExcess: true };
    }
    return mayHaveCollectionKey(text) && hasCollectionKey(value)
      ? { error: keyProblem, ...placeOfKey(text), isExcess: false }
      : { value };
  } catch (error) {
    return yamlErrorOf(error);
  }
}

const keyProblem = 'not YAML: a mapping is the key of a mapping, as {{ NAME }} without quotes is';

/** Where a mapping may be a key: `{{ NAME }}`, `{a: b}: c` and `? `. */
const collectionKey = /\{\s*\{|\}\s*:|^[ \t]*(?:-[ \t]+)*\?\s/m;

/** Most documents have no question mark: the beginnings of their lines need no look. */
const mayHaveCollectionKey = (text: string): boolean => (text.includes('?') ? collectionKey : flowKey).test(text);

/** `collectionKey` without the question mark. */
const flowKey = /\{\s*\{|\}\s*:/;

/** Whether a mapping is a key, which the parser turns into this text and every reader here refuses. */
function hasCollectionKey(value: unknown): boolean {
  const nodes = new Set<unknown>([value]);
  for (const node of nodes) {
    if (typeof node === 'object' && node !== null) {
      if (Object.hasOwn(node, '[object Object]')) {
        return true;
      }
      for (const child of Object.values(node)) {
        nodes.add(child);
      }
    }
  }
  return false;
}

function placeOfKey(text: string): { line: number; column: number } {
  const lines = text.slice(0, text.search(collectionKey)).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

function yamlErrorOf(error: unknown): YamlError {
  if (error instanceof YAMLException) {
    const { line = 0, column = 0 } = error.mark ?? {};
    const limit = limitMessages.find(([pattern]) => pattern.test(error.reason))?.[1];
    const isExcess = limit !== undefined;
    return { error: limit ?? `not YAML: ${error.reason}`, line: line + 1, column: column + 1, isExcess };
  }
  if (error instanceof YamlExcess) {
    return { error: error.message, line: 1, column: 1, isExcess: true };
  }
  throw error;
}
