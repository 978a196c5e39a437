import type { SourceText } from '../../model/source/read-sources.ts';
import { parseDocuments } from '../../yaml/documents.ts';
import type { LintFinding } from '../lint-finding.ts';

/** A file as it is and as its fixes leave it. */
export interface FixedText {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** How many findings changed it. */
  readonly fixes: number;
}

/**
 * Applies the fix of each finding once, one after the other.
 *
 * @returns the files that change
 * @throws Error when what was YAML would be none any more
 */
export function fixedTexts(findings: readonly LintFinding[], sources: readonly SourceText[]): FixedText[] {
  return sources.flatMap(({ file, text }) => {
    let after = text;
    let fixes = 0;
    for (const { fix } of findings) {
      const changed = fix?.file === file ? fix.apply(after) : after;
      fixes += changed === after ? 0 : 1;
      after = changed;
    }
    if (after === text) {
      return [];
    }
    if (brokenDocuments(file, after) > brokenDocuments(file, text)) {
      throw new Error(`the fixes of ${file} would break it, so nothing was written`);
    }
    return [{ file, before: text, after, fixes }];
  });
}

const brokenDocuments = (file: string, text: string): number => parseDocuments(file, text).problems.length;
