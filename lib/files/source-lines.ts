import type { SourceLines } from '../problems/lines.ts';
import { readText } from './read-text.ts';

/** Larger files are shown without excerpts. */
const maximumBytes = 8 * 1024 * 1024;

/** Reads each file once. */
export function sourceLines(): SourceLines {
  const read = new Map<string, readonly string[]>();
  return (file) => {
    const known = read.get(file);
    if (known !== undefined) {
      return known;
    }
    const lines = linesOf(file);
    read.set(file, lines);
    return lines;
  };
}

function linesOf(file: string): readonly string[] {
  const read = readText(file, { maximumBytes });
  return 'text' in read ? read.text.split(/\r?\n/) : [];
}
