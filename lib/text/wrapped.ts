import { displayWidth } from './display-width.ts';
import { visibleLine } from './visible.ts';

/**
 * Text in lines that fit a terminal. Line breaks in it are those of values.
 *
 * @param first what the first line begins with; the others are moved as far to the right
 * @param width columns of a line
 */
export function wrapped(first: string, text: string, width = 100): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of visibleLine(text).split(' ')) {
    const isEmpty = line === first || line.trim() === '';
    if (!isEmpty && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = ' '.repeat(displayWidth(first)) + word;
    } else {
      line += isEmpty ? word : ` ${word}`;
    }
  }
  return [...lines, line].map((each) => each.trimEnd());
}
