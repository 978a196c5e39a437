/** Levels of mappings and lists that a document may nest, keys and scalars included. */
export const maximumLevels = 200;

/** Keys that all merge keys (`<<`) of a document may copy. */
export const maximumMergedKeys = 100_000;

/** Values that a document may stand for once aliases are written out; where it has none, it may hold any number. */
export const maximumExpandedValues = 1_000_000;

/** Characters that it may stand for then. */
export const maximumExpandedCharacters = 64 * 1024 * 1024;

/** Values of all documents of a run, keys included: more of them take more memory than there may be. */
export const maximumValues = 8_000_000;

/** The limits as the parser takes them. */
export const yamlLimits = { maxDepth: maximumLevels, maxTotalMergeKeys: maximumMergedKeys } as const;

/** What the parser reports of a limit, in the words of this project. */
export const limitMessages: readonly (readonly [RegExp, string])[] = [
  [/^nesting exceeded maxDepth/, `the document nests deeper than ${maximumLevels} levels`],
  [/^merge keys exceeded/, `the merge keys of the document copy more than ${maximumMergedKeys} keys`],
  [/^abnormal merge sequence size/, 'a merge key of the document merges more than 100 mappings'],
];

/** Counts values down. */
export class ValueBudget {
  private left: number;

  constructor(readonly total = maximumValues) {
    this.left = total;
  }

  /** Whether there were too many. */
  get isSpent(): boolean {
    return this.left < 0;
  }

  /** @throws YamlExcess when too few are left */
  take(count = 1): void {
    this.left -= count;
    if (this.left < 0) {
      throw new YamlExcess(`the files hold more than ${this.total} values together; what is behind is not read`);
    }
  }
}

/** Thrown while a document is parsed that takes more than anything may. */
export class YamlExcess extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'YamlExcess';
  }
}
