import { readFileSync } from 'node:fs';

/** The lines of a file, for excerpts; none when it cannot be read any more. */
export type SourceLines = (file: string) => readonly string[];

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
  try {
    return readFileSync(file, 'utf8')
      .replace(/^\ufeff/, '')
      .split(/\r?\n/);
  } catch {
    return [];
  }
}
