import { withoutTrailing } from '../text/linear-time.ts';

/** A key, and the colon behind it. */
const key = /\w[\w./-]*:(?=[ \n]|$)/y;

const quotedText = /'[^'\n]*'(?!')|"[^"\\\n]*"/y;

/** A text between brackets in which no character means something to YAML. */
const flowText = /(?:[\w./$+=(]|-(?=\w))(?:[\w./$+=()@%<>;^~-]|:(?=[\w/])| +(?=[\w./$+=(]))*/y;

const anchorName = /[\w-]+(?=[ \n]|$)/y;

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
    return this.character === '-' && [' ', '\n', ''].includes(this.text.charAt(this.at + 1));
  }

  /** Whether nothing follows in the line but a comment. */
  get isLineEnd(): boolean {
    const { character } = this;
    return character === '\n' || character === '' || (character === '#' && this.text.charAt(this.at - 1) === ' ');
  }

  get isKey(): boolean {
    key.lastIndex = this.at;
    return key.test(this.text);
  }

  key(): string | undefined {
    return this.matched(key, tokensOf.key)?.slice(0, -1);
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
      const { character } = this;
      if (character !== '\n' && character !== '#') {
        this.column = character === '' ? -1 : this.at - from;
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

const space = 0x20;
