import type { SourceText } from '../../model/source/read-sources.ts';
import type { Suppression } from './suppression.ts';

/** A comment that suppresses a rule in the line below it. */
export interface SuppressionComment extends Suppression {
  readonly file: string;
  /** The line that it speaks of, from 1. */
  readonly line: number;
}

const mark = 'podhost-ignore';

/** The comment that suppresses a rule in the line below. */
export const suppressionComment = (ruleId: string, reason: string): string => `# ${mark} ${ruleId}: ${reason}`;

const pattern = /^\s*#\s*podhost-ignore(?![\w-])\s*([^\s:]*)\s*:?\s*([\s\S]*)$/;

/** The comments of a file; further comments and empty lines may stand between one and the line that it speaks of. */
export function suppressionComments({ file, text }: SourceText): SuppressionComment[] {
  if (!text.includes(mark)) {
    return [];
  }
  const lines = text.split(/\r?\n/);
  const comments: SuppressionComment[] = [];
  // From the last line on, because a comment speaks of what is below; of nothing, of line 0.
  let below = 0;
  for (const [index, content] of [...lines.entries()].reverse()) {
    const [, ruleId, reason = ''] = pattern.exec(content) ?? [];
    if (ruleId !== undefined) {
      const place = () => ({ file, line: index + 1, column: content.indexOf('#') + 1 });
      comments.push({ file, line: below, ruleId, reason: reason.trim(), manifest: undefined, place });
    } else if (!/^\s*(#|$)/.test(content)) {
      below = index + 1;
    }
  }
  return comments.reverse();
}
