import { maskSecrets } from '../secrets/mask-secrets.ts';
import type { Place } from './problem.ts';

export interface Excerpt {
  /** The line, numbered. */
  readonly line: string;
  /** A caret under the column. */
  readonly caret: string;
}

const maximumWidth = 100;

/** A longer line is not shown: what is secret in it shows only in the whole, and no person reads it. */
const maximumLength = 4000;

/** The line that a problem stands in, cut to a width that fits a terminal. */
export function excerpt(lines: readonly string[], { line, column }: Place): Excerpt | undefined {
  const text = lines[line - 1];
  if (text === undefined || text.length > maximumLength || text.trim() === '') {
    return undefined;
  }
  const start = Math.max(0, column - 1 - maximumWidth / 2);
  const cut = masked(lines, line - 1, text).slice(start, start + maximumWidth);
  const gutter = `  ${line} | `;
  const before = cut.slice(0, column - 1 - start).replaceAll(/[^\t]/g, ' ');
  return { line: gutter + cut, caret: `${' '.repeat(gutter.length - 2)}| ${before}^` };
}

/** Many problems may stand in one line. */
const known = new WeakMap<readonly string[], Map<number, string>>();

function masked(lines: readonly string[], index: number, text: string): string {
  const ofFile = known.get(lines) ?? new Map<number, string>();
  known.set(lines, ofFile);
  const shown = ofFile.get(index) ?? maskSecrets(text);
  ofFile.set(index, shown);
  return shown;
}
