import { lineEnd, newlineOf } from '../../yaml/nodes.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Changes of a text at places of the text as it is; they are carried out together. */
export class TextEdits {
  readonly newline: string;
  private readonly edits: Edit[] = [];

  constructor(readonly text: string) {
    this.newline = newlineOf(text);
  }

  replace(start: number, end: number, text: string): void {
    this.edits.push({ start, end, text });
  }

  /** Takes over the changes of another set for the same text. */
  add({ edits }: TextEdits): void {
    this.edits.push(...edits);
  }

  /** Puts whole lines at the start of a line, or behind a last line that has no end. */
  insertLines(at: number, lines: readonly string[]): void {
    const isLineStart = at === 0 || this.text[at - 1] === '\n';
    const text = isLineStart
      ? lines.map((line) => line + this.newline).join('')
      : lines.map((line) => this.newline + line).join('');
    this.replace(at, at, text);
  }

  /**
   * Puts lines below a key in place of its empty value; a comment behind the value stays on the line of the key.
   *
   * @param start place behind the colon
   * @param end end of the empty value
   */
  fillBelow(start: number, end: number, lines: readonly string[]): void {
    // The space in front of a comment makes it one.
    const written = this.text.slice(start, end).trimEnd();
    this.replace(start, start + written.length, '');
    this.insertLines(lineEnd(this.text, end), lines);
  }

  /** What stands behind a colon up to the end of the line on which an empty value ends. */
  behindColon(start: number, end: number): string {
    return this.text.slice(start, lineEnd(this.text, end)).replace(/\r?\n$/, '');
  }

  /** Takes whole lines out. */
  removeLines(start: number, end: number): void {
    this.replace(start, end, '');
  }

  /** The text with all changes; those at the same place in the order in which they were made. */
  applied(): string {
    const result = this.within(0, this.text.length);
    // A text without an end of its last line keeps having none.
    return this.text.endsWith('\n') ? result : result.replace(/\r?\n$/, '');
  }

  /** A part of the text, with the changes inside it. */
  within(start: number, end: number): string {
    const ordered = this.edits
      .map((edit, index) => ({ ...edit, index }))
      .filter((edit) => edit.start >= start && edit.end <= end)
      .sort((a, b) => a.start - b.start || a.index - b.index);
    let result = '';
    let from = start;
    for (const edit of ordered) {
      result += this.text.slice(from, edit.start) + edit.text;
      from = Math.max(from, edit.end);
    }
    return result + this.text.slice(from, end);
  }
}
