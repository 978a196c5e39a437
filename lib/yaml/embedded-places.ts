import { isScalar, type LineCounter, type Node } from 'yaml';
import type { Place } from '../problems/problem.ts';

/** Where a line and a column of a text stand in a file. */
export type Places = (line: number, column: number) => Place;

/**
 * Where the lines of a text that stands in a document stand in the file. Only a literal block keeps its lines; all of
 * another text stands where its key does.
 *
 * @param node the text
 * @param key where its key stands
 */
export function embeddedPlaces(
  node: Node | undefined,
  document: string,
  lines: LineCounter,
  at: Places,
  key: Place,
): Places {
  const range = node?.range;
  if (!isScalar(node) || node.type !== 'BLOCK_LITERAL' || range === undefined || range === null) {
    return () => key;
  }
  const [begin, end] = range;
  // Behind the indicator there may be a comment, and the text begins on the next line.
  const first = lines.linePos(begin).line;
  const block = document.slice(document.indexOf('\n', begin) + 1, end);
  const indentation = indentationOf(block, document.slice(begin));
  return (line, column) => at(first + line, column + indentation);
}

/** Columns that are no part of the text: those of its first line with text, unless it tells. */
function indentationOf(block: string, fromIndicator: string): number {
  const written = /^ *(?=[^\s])/m.exec(block)?.[0].length ?? 0;
  return /^\|[-+]?[1-9]/.test(fromIndicator) ? Math.min(written, ...indentations(block)) : written;
}

const indentations = (block: string): number[] =>
  block
    .split('\n')
    .filter((line) => /\S/.test(line))
    .map((line) => line.search(/\S/));
