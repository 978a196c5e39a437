import { groupBy } from '../../group-by.ts';
import type { SourceText } from '../../model/source/read-sources.ts';
import { parseDocuments, splitDocuments } from '../../yaml/documents.ts';
import type { LintFinding } from '../lint-finding.ts';

/** A file as it is and as its fixes leave it. */
export interface FixedText {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** How many findings changed it. */
  readonly fixes: number;
  /** How many fixes are left for another run. */
  readonly left: number;
}

/** Characters that all fixes of a file may read: each reads the document that it changes anew. */
const maximumCharacters = 10_000_000;

/**
 * Applies each fix once, one after the other.
 *
 * @returns the files that change
 * @throws Error when what was YAML would be none any more
 */
export function fixedTexts(findings: readonly LintFinding[], sources: readonly SourceText[]): FixedText[] {
  const fixesOf = groupBy(new Set(findings.flatMap(({ fix }) => fix ?? [])), ({ file }) => file);
  return sources.flatMap(({ file, text }) => {
    const wanted = fixesOf.get(file) ?? [];
    const applied = wanted.slice(0, Math.max(1, Math.floor(maximumCharacters / largestDocument(text))));
    let after = text;
    let fixes = 0;
    for (const fix of applied) {
      const changed = fix.apply(after);
      fixes += changed === after ? 0 : 1;
      after = changed;
    }
    if (after === text) {
      return [];
    }
    if (brokenDocuments(file, after) > brokenDocuments(file, text)) {
      throw new Error(`the fixes of ${file} would break it, so nothing was written`);
    }
    return [{ file, before: text, after, fixes, left: wanted.length - applied.length }];
  });
}

const largestDocument = (text: string): number =>
  splitDocuments(text).reduce((most, { content }) => Math.max(most, content.length), 1);

const brokenDocuments = (file: string, text: string): number => parseDocuments(file, text).problems.length;
