import { type LoadOptions, load, type Schema, YAMLException } from 'js-yaml';
import { AliasBudget, aliasFault } from './aliases.ts';
import { limitMessages, ValueBudget, YamlExcess, yamlLimits } from './yaml-limits.ts';

/** What a text holds, or why it holds nothing; lines and columns count from 1. */
export type ParsedYaml = { readonly value: unknown } | YamlFault;

export interface YamlFault {
  /** One sentence. */
  readonly fault: string;
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
    const fault = /&\S/.test(text) && /\*\S/.test(text) ? aliasFault(value, budget) : undefined;
    return fault === undefined ? { value } : { fault, line: 1, column: 1, isExcess: true };
  } catch (error) {
    return faultOf(error);
  }
}

function faultOf(error: unknown): ParsedYaml {
  if (error instanceof YAMLException) {
    const { line = 0, column = 0 } = error.mark ?? {};
    const limit = limitMessages.find(([pattern]) => pattern.test(error.reason))?.[1];
    const isExcess = limit !== undefined;
    return { fault: limit ?? `not YAML: ${error.reason}`, line: line + 1, column: column + 1, isExcess };
  }
  if (error instanceof YamlExcess) {
    return { fault: error.message, line: 1, column: 1, isExcess: true };
  }
  throw error;
}
