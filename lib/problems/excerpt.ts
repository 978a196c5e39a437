import { maskSecrets } from '../secrets/mask-secrets.ts';
import { displayWidth } from '../text/display-width.ts';
import { visibleLine } from '../text/visible.ts';
import type { Place } from './problem.ts';

export interface Excerpt {
  /** The line, numbered. */
  readonly line: string;
  /** A caret under the column. */
  readonly caret: string;
}

const maximumWidth = 100;

/** What is left of a character that was cut in two. */
const halves = /^[\udc00-\udfff]|[\ud800-\udbff]$/g;

/** The line that a problem stands in, cut to a width that fits a terminal. */
export function excerpt(lines: readonly string[], { line, column }: Place): Excerpt | undefined {
  const text = maskedLines(lines)[line - 1];
  if (text === undefined || text.trim() === '') {
    return undefined;
  }
  const start = Math.max(0, column - 1 - maximumWidth / 2);
  const cut = text.slice(start, start + maximumWidth).replaceAll(halves, '…');
  const gutter = `  ${line} | `;
  const before = displayWidth(visibleLine(gutter + cut.slice(0, column - 1 - start)));
  const margin = `${' '.repeat(gutter.length - 2)}| `;
  return { line: visibleLine(gutter + cut), caret: `${margin}${' '.repeat(before - gutter.length)}^` };
}

const masked = new WeakMap<readonly string[], readonly string[]>();

/** A file is looked through as a whole: a secret may be recognised only by the line before it. */
function maskedLines(lines: readonly string[]): readonly string[] {
  const known = masked.get(lines) ?? maskSecrets(lines.join('\n')).split('\n');
  masked.set(lines, known);
  return known;
}
