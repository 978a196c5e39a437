import { displayWidth, padEnd, padStart } from '../text/display-width.ts';
import { visible, visibleLine } from '../text/visible.ts';

/** Lines of a table whose columns are as wide as they need be. */
export function table(rows: readonly (readonly string[])[], rightAligned: ReadonlySet<number>): string[] {
  // The first cell begins a line.
  const shown = rows.map((row) => row.map((cell) => visibleLine(visible(cell))));
  const widths = (rows[0] ?? []).map((_, column) =>
    shown.reduce((width, row) => Math.max(width, displayWidth(row[column] ?? '')), 0),
  );
  return shown.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return rightAligned.has(column) ? padStart(cell, width) : padEnd(cell, width);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** A number as people read it: 12,345. */
export function figure(number: number): string {
  const rounded = Math.round(number);
  // Most have no comma.
  return rounded > 0 && rounded < 1000 ? String(rounded) : rounded.toLocaleString('en-US');
}

/** How many of something. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${figure(count)} ${count === 1 ? one : many}`;

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar whose length is a part of a width. */
export function textBar(part: number, width: number): string {
  const length = Math.round(Math.min(1, Math.max(0, part)) * width * 8);
  return '█'.repeat(Math.floor(length / 8)) + (eighths[length % 8] ?? '');
}
