import type { SourceText } from '../model/source/read-sources.ts';
import type { SourceLines } from '../problems/source-lines.ts';

/** The lines of texts that were read, so that excerpts show what was linted, standard input included. */
export function textLines(sources: readonly SourceText[]): SourceLines {
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  const split = new Map<string, readonly string[]>();
  return (file) => {
    const lines = split.get(file) ?? (texts.get(file) ?? '').replace(/^\ufeff/, '').split(/\r?\n/);
    split.set(file, lines);
    return lines;
  };
}
