import type { State } from 'js-yaml';
import {
  maximumExpandedCharacters,
  maximumExpandedValues,
  maximumLevels,
  type ValueBudget,
  YamlExcess,
} from './limits.ts';

const tooManyCharacters = `written out, the aliases stand for more than ${maximumExpandedCharacters} characters`;

/** What a value stands for once every alias is replaced by what it stands for. */
interface Extent {
  readonly values: number;
  readonly characters: number;
  /** Levels that nest in it, itself included. */
  readonly levels: number;
}

/**
 * What is wrong with the aliases of a document: one that stands inside of what it stands for, or so many in each other
 * that no reader would follow them all.
 *
 * @param budget that what they stand for is taken from
 * @throws YamlExcess when the budget does not suffice
 */
export function aliasExcess(value: unknown, budget: ValueBudget): string | undefined {
  const { values, characters, levels } = new Expansion().of(value, 1);
  if (values === Number.POSITIVE_INFINITY) {
    return 'an alias stands inside of what it stands for';
  }
  if (levels > maximumLevels) {
    return `written out, the aliases nest deeper than ${maximumLevels} levels`;
  }
  if (values > maximumExpandedValues) {
    return `written out, the aliases stand for more than ${maximumExpandedValues} values`;
  }
  if (characters > maximumExpandedCharacters) {
    return tooManyCharacters;
  }
  budget.take(values + Math.ceil(characters / charactersOfValue));
  return undefined;
}

/** A long text counts as several values. */
const charactersOfValue = 16;

const endless: Extent = { values: Number.POSITIVE_INFINITY, characters: 0, levels: 1 };

class Expansion {
  private readonly known = new Map<object, Extent>();

  /** @param level on which the value stands; below the limit nothing is looked at */
  of(value: unknown, level: number): Extent {
    if (typeof value !== 'object' || value === null) {
      return { values: 1, characters: typeof value === 'string' ? value.length : 0, levels: 1 };
    }
    const known = this.known.get(value);
    if (known !== undefined) {
      return known;
    }
    // An alias that is met before its anchor is complete stands inside of it.
    this.known.set(value, endless);
    const extent = level > maximumLevels ? { values: 1, characters: 0, levels: 1 } : this.sum(value, level + 1);
    this.known.set(value, extent);
    return extent;
  }

  private sum(value: object, level: number): Extent {
    let values = 1;
    let characters = 0;
    let levels = 0;
    for (const child of Object.values(value)) {
      const extent = this.of(child, level);
      values += extent.values;
      characters += extent.characters;
      levels = Math.max(levels, extent.levels);
    }
    return { values, characters, levels: levels + 1 };
  }
}

/** Counts what aliases stand for while a document is parsed: the parser makes a text of a list that is a key. */
export class AliasBudget {
  private left = maximumExpandedCharacters;

  /**
   * @param state of the parser behind a value
   * @throws YamlExcess when nothing is left
   */
  take({ kind, result }: Pick<State, 'kind' | 'result'>): void {
    // Of all values only an alias has no kind.
    if (kind !== null) {
      return;
    }
    const values: readonly unknown[] = Array.isArray(result) ? result : [result];
    for (const value of values) {
      this.left -= typeof value === 'string' ? value.length : 1;
    }
    if (this.left < 0) {
      throw new YamlExcess(tooManyCharacters);
    }
  }
}
