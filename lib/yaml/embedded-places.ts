import type { Place } from '../problems/problem.ts';

/** Where a line and a column of a text stand in a file. */
export type Places = (line: number, column: number) => Place;

/** A text that stands as a scalar in a document. */
export interface EmbeddedText {
  /** What the scalar stands for. */
  readonly text: string;
  /** The document. */
  readonly document: string;
  /** Where the scalar begins in it. */
  readonly offset: number;
  /** The line in which it begins, from 1. */
  readonly line: number;
  /** Where its key stands. */
  readonly key: Place;
  /** Where lines and columns of the document stand. */
  readonly at: Places;
}

/**
 * Where the lines of a text that stands in a document stand in the file. Only a literal block keeps its lines; all of
 * another text stands where its key does.
 */
export function embeddedPlaces({ text, document, offset, line: begin, key, at }: EmbeddedText): Places {
  if (document.charAt(offset) !== '|') {
    return () => key;
  }
  // Behind the indicator there may be a comment, and the text begins on the next line.
  const indentation = indentationOf(text, document, document.indexOf('\n', offset) + 1);
  return (line, column) => at(begin + line, column + indentation);
}

/** Columns that are no part of the text: by its first line that is not empty. */
function indentationOf(text: string, document: string, begin: number): number {
  const first = /\S/.exec(text)?.index ?? 0;
  const column = first - (text.lastIndexOf('\n', first) + 1);
  const written = /[^ \t\r\n]/g;
  written.lastIndex = begin;
  const place = written.exec(document)?.index ?? begin;
  return place - (document.lastIndexOf('\n', place) + 1) - column;
}
