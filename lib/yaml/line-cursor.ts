import { withoutTrailing } from '../text/linear-time.ts';

const newline = 0x0a;
const space = 0x20;
const numberSign = 0x23;
const dash = 0x2d;

/** A key, and the colon behind it. */
const key = /\w[\w./-]*:(?=[ \n]|$)/y;

const quotedText = /'[^'\n]*'(?!')|"[^"\\\n]*"/y;

/** A text between brackets in which no character means something to YAML. */
const flowText = /(?:[\w./$+=(]|-(?=\w))(?:[\w./$+=()@%<>;^~-]|:(?=[\w/])| +(?=[\w./$+=(]))*/y;

const anchorName = /[\w-]+(?=[ \n]|$)/y;

/** A text of one line without quotes that holds no space, no comment and no colon: most are. */
const usualText = /^[\w./$(][\w./$()=,@+-]*$/;

/** What no text of one line without quotes begins with, and what it does not hold. */
const unusualText = /^(?:[?:,[\]{}#&*!|>'"%@`]|-(?: |$))|:(?: |$)/;

/** Lexical tokens of the package `yaml`, at most: spaces and what marks a text without quotes are some as well. */
const tokensOf = { document: 5, line: 4, mark: 3, key: 4, name: 2, text: 3 };

/** Thrown where a text is not surely read as the package `yaml` reads it. */
export const unusual = Symbol('unusual');

export function refuse(): never {
  throw unusual;
}

/** Goes through the lines of a text that hold something. */
export class LineCursor {
  at = 0;
  /** Of the line that `nextLine` found; -1 behind the last one. */
  column = 0;
  /** Lexical tokens that the package `yaml` makes of what was passed, at most. */
  tokens = tokensOf.document;

  constructor(private readonly text: string) {}

  get character(): string {
    return this.text.charAt(this.at);
  }

  /** Goes to the first text that is no comment, behind the mark of the document. */
  begin(): void {
    this.nextLine();
    if (this.column === 0 && this.text.startsWith('---\n', this.at)) {
      this.at += '---'.length;
      this.endLine();
    }
  }

  /** Whether the mark of a list's entry stands here. */
  get isDash(): boolean {
    return this.text.charCodeAt(this.at) === dash && this.isBlank(this.at + 1);
  }

  /** Whether a space, or the end of a line or of the text, stands at an offset. */
  private isBlank(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === space || code === newline || Number.isNaN(code);
  }

  /** Whether nothing follows in the line but a comment. */
  get isLineEnd(): boolean {
    const code = this.text.charCodeAt(this.at);
    return (
      code === newline || Number.isNaN(code) || (code === numberSign && this.text.charCodeAt(this.at - 1) === space)
    );
  }

  get isKey(): boolean {
    key.lastIndex = this.at;
    return key.test(this.text);
  }

  key(): string | undefined {
    const { at, text } = this;
    if (!this.isKey) {
      return undefined;
    }
    this.at = key.lastIndex;
    this.tokens += tokensOf.key;
    return text.slice(at, this.at - 1);
  }

  /** The name of an anchor. */
  name(): string | undefined {
    return this.matched(anchorName, tokensOf.name);
  }

  quotedText(): string | undefined {
    return this.matched(quotedText, tokensOf.text)?.slice(1, -1);
  }

  /** A text without quotes between brackets. */
  flowText(): string | undefined {
    return this.matched(flowText, tokensOf.text);
  }

  /** A text without quotes, up to a comment or the end of the line. */
  plainText(): string | undefined {
    const next = this.text.indexOf('\n', this.at);
    const line = this.text.slice(this.at, next === -1 ? this.text.length : next);
    if (usualText.test(line)) {
      this.at += line.length;
      this.tokens += tokensOf.text;
      return line;
    }
    const comment = line.indexOf(' #');
    const text = withoutTrailing(comment === -1 ? line : line.slice(0, comment), ' ');
    this.at += text.length;
    this.tokens += tokensOf.text;
    return unusualText.test(text) ? undefined : text;
  }

  /** Passes over what a sticky pattern matches here. */
  private matched(pattern: RegExp, tokens: number): string | undefined {
    const { at, text } = this;
    pattern.lastIndex = at;
    if (!pattern.test(text)) {
      return undefined;
    }
    this.at = pattern.lastIndex;
    this.tokens += tokens;
    return text.slice(at, this.at);
  }

  /** Passes over a character that means something to YAML, if one stands here, and the spaces behind it. */
  passMark(length: 0 | 1 = 1): void {
    this.at += length;
    this.tokens += tokensOf.mark;
    this.skipSpaces();
  }

  skipSpaces(): void {
    while (this.text.charCodeAt(this.at) === space) {
      this.at += 1;
    }
  }

  /**
   * Goes to the next text that is no comment, from behind the last value of a line.
   *
   * @throws unusual when it is not the last one
   */
  endLine(): void {
    this.skipSpaces();
    if (!this.isLineEnd) {
      refuse();
    }
    this.passLine();
    this.nextLine();
  }

  /** Goes from the beginning of a line to the next text that is no comment. */
  nextLine(): void {
    for (;;) {
      const from = this.at;
      this.skipSpaces();
      const code = this.text.charCodeAt(this.at);
      if (code !== newline && code !== numberSign) {
        this.column = Number.isNaN(code) ? -1 : this.at - from;
        return;
      }
      this.passLine();
    }
  }

  private passLine(): void {
    const next = this.text.indexOf('\n', this.at);
    this.at = next === -1 ? this.text.length : next + 1;
    this.tokens += tokensOf.line;
  }
}
