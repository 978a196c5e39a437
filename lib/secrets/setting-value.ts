import type { Stretch } from './random-token.ts';

/**
 * How the value of a setting ends: in the line of a file, between brackets, in the query of a URL, or
 * as a word among others.
 */
export type ValuePlace = 'line' | 'flow' | 'query' | 'word';

/** Where the value of a setting stands, without its quotes. */
export interface SettingValue extends Stretch {
  readonly isQuoted: boolean;
}

/** A longer quoted text is none of a setting. */
const longestQuoted = 8192;

const quote = /(?:[eEnNfFbBrRuU]|U&)?(\\{0,3})(["'`])/y;

const blockScalar = /[|>][+-]?\d?[ \t]*(?:#[^\n]*)?\r?\n/y;

const nested =
  /(?:[ \t]*\r?\n)?[ \t]*\{?\s{0,40}\\{0,3}["']?(?:value|default|data|content|plaintext|literal)\\{0,3}["']?[ \t]*[:=][ \t]*/y;

const plainEnds: Readonly<Record<Exclude<ValuePlace, 'line'>, RegExp>> = {
  flow: /[,}\]\n"'`]|\\[nrt"]/g,
  query: /[\s"'`&#<>]|\\[nrt"&]|\\u0026/g,
  word: /[\s"'`;<]|,(?=\s|$|["']|[\w.-]{1,60}=)|\\[nrt"']/g,
};

/** Reads the values of the settings of one text, from its beginning to its end. */
export class SettingValues {
  private lineEnd = -1;
  private lineStart = 0;

  constructor(private readonly text: string) {}

  /** The value that begins at an index, after white space. */
  at(index: number, place: ValuePlace): SettingValue | undefined {
    const { text } = this;
    nested.lastIndex = index;
    const inner = nested.exec(text)?.[0].length ?? 0;
    const start = this.afterBlanks(index + inner);
    blockScalar.lastIndex = start;
    if (place === 'line' && blockScalar.test(text)) {
      return this.block(start, blockScalar.lastIndex);
    }
    if (place === 'line' && /^\r?\n/.test(text.slice(start, start + 2))) {
      return this.nextLine(start);
    }
    return (
      this.quoted(start) ??
      this.list(start) ??
      this.plain(start, place === 'line' && inner > 0 && text.includes('{') ? 'word' : place)
    );
  }

  /** The text between quotes at an index: `"…"`, and `\"…\"` in a text that is itself quoted. */
  quoted(index: number): SettingValue | undefined {
    quote.lastIndex = index;
    const [, backslashes = '', mark] = quote.exec(this.text) ?? [];
    if (mark === undefined) {
      return undefined;
    }
    const start = quote.lastIndex;
    // SQL within a string of SQL has each quote twice.
    if (/^'[^\s'),;]/.test(this.text.slice(start, start + 2)) && mark === "'") {
      const doubled = this.text.slice(start + 1, start + longestQuoted).search(/''(?!')/);
      return doubled < 0 ? undefined : { start: start + 1, end: start + 1 + doubled, isQuoted: true };
    }
    const end = this.closing(start, mark, backslashes.length);
    return end === undefined ? undefined : { start, end, isQuoted: true };
  }

  /** Text between dollar signs, as PostgreSQL writes it: `$$…$$`, `$tag$…$tag$`. */
  dollarQuoted(index: number): SettingValue | undefined {
    const tag = /^\$\w{0,60}\$/.exec(this.text.slice(index, index + 64))?.[0];
    const start = index + (tag?.length ?? 0);
    const end = tag === undefined ? -1 : this.text.slice(start, start + longestQuoted).indexOf(tag);
    return end < 0 ? undefined : { start, end: start + end, isQuoted: true };
  }

  /** The text of an element of XML that begins at an index, when it holds nothing else. */
  element(index: number): SettingValue | undefined {
    const end = this.text.slice(index, index + longestQuoted).indexOf('<');
    return end < 0 || this.text[index + end + 1] !== '/'
      ? undefined
      : { start: index, end: index + end, isQuoted: true };
  }

  private closing(start: number, mark: string, backslashes: number): number | undefined {
    const { text } = this;
    const last = Math.min(text.length, start + longestQuoted);
    for (let at = text.indexOf(mark, start); at >= 0 && at < last; at = text.indexOf(mark, at + 1)) {
      const before = this.backslashesBefore(at, start);
      if (backslashes === 0 && mark === "'" && text[at + 1] === "'") {
        at += 1;
      } else if (backslashes === 0 ? before % 2 === 0 : before === backslashes) {
        return at - backslashes;
      }
    }
    return undefined;
  }

  private backslashesBefore(index: number, start: number): number {
    let count = 0;
    while (index - count > start && this.text[index - count - 1] === '\\') {
      count += 1;
    }
    return count;
  }

  /** The entries of `[a, b]`. */
  private list(index: number): SettingValue | undefined {
    const { text } = this;
    const end = text[index] === '[' ? text.slice(index, index + longestQuoted).search(/[\]{}\n]/) : -1;
    return end < 0 || text[index + end] !== ']' ? undefined : { start: index + 1, end: index + end, isQuoted: true };
  }

  /** A value of one word in the line below its key. */
  private nextLine(index: number): SettingValue | undefined {
    const start = index + (/^\s*/.exec(this.text.slice(index, index + 200))?.[0].length ?? 0);
    const [word = ''] =
      /^[^\s:{[#&*!|>-][^\s:]*(?=[ \t]*(?:\r?\n|$))/.exec(this.text.slice(start, start + longestQuoted)) ?? [];
    const isDeeper = this.indentation(start) > this.indentation(index);
    return word === '' || !isDeeper ? undefined : { start, end: start + word.length, isQuoted: true };
  }

  /** How far the line of an index is indented. */
  private indentation(index: number): number {
    const line = this.text.lastIndexOf('\n', Math.max(0, index - 1)) + 1;
    return /^[ \t]*(?:-[ \t]+)?/.exec(this.text.slice(line, line + 200))?.[0].length ?? 0;
  }

  /** The lines below `key: |` that are indented further than the key. */
  private block(index: number, start: number): SettingValue | undefined {
    const { text } = this;
    const deeper = new RegExp(`(?:[ \\t]*\\r?\\n|[ \\t]{${this.indentation(index) + 1},}[^\\n]*(?:\\n|$))*`, 'y');
    deeper.lastIndex = start;
    const end = start + (deeper.exec(text)?.[0].trimEnd().length ?? 0);
    const first = start + (/^\s*/.exec(text.slice(start, end))?.[0].length ?? 0);
    return first >= end ? undefined : { start: first, end, isQuoted: true };
  }

  private plain(start: number, place: ValuePlace): SettingValue | undefined {
    // ODBC puts braces around a password.
    const braced =
      place === 'word' ? /^\{([^\s{}"']{1,256})\}(?:;|$)/.exec(this.text.slice(start, start + 260))?.[1] : undefined;
    if (braced !== undefined) {
      return { start: start + 1, end: start + 1 + braced.length, isQuoted: true };
    }
    const end = place === 'line' ? this.endOfLine(start) : this.endOf(start, place);
    const isCollection = /^(?:\{(?!\{)|\[)/.test(this.text.slice(start, start + 2));
    return end <= start || isCollection ? undefined : { start, end, isQuoted: false };
  }

  private endOfLine(start: number): number {
    const end = this.lineEndAt(start);
    const line = this.text.slice(start, end);
    return (
      start +
      line
        .replace(/[ \t]#.*$/s, '')
        .trimEnd()
        .replace(/[,;]$/, '').length
    );
  }

  private endOf(start: number, place: Exclude<ValuePlace, 'line'>): number {
    const stop = this.stop(start, place);
    const value = this.text.slice(start, stop);
    return start + (place === 'word' ? withoutClosers(value) : value.trimEnd()).length;
  }

  private readonly stops = new Map<ValuePlace, Stretch>();

  /** Many names may stand before one stop; it is looked for once. */
  private stop(start: number, place: Exclude<ValuePlace, 'line'>): number {
    const known = this.stops.get(place);
    if (known !== undefined && known.start <= start && start <= known.end) {
      return known.end;
    }
    const pattern = plainEnds[place];
    pattern.lastIndex = start;
    const end = pattern.exec(this.text)?.index ?? this.text.length;
    this.stops.set(place, { start, end });
    return end;
  }

  /** Where the line of an index ends; the index never goes back. */
  lineEndAt(index: number): number {
    if (index > this.lineEnd || index < this.lineStart) {
      const end = this.text.indexOf('\n', index);
      this.lineStart = index;
      this.lineEnd = end < 0 ? this.text.length : end;
    }
    return this.lineEnd;
  }

  private afterBlanks(index: number): number {
    let at = index;
    while (this.text[at] === ' ' || this.text[at] === '\t') {
      at += 1;
    }
    return at;
  }
}

/** Without the brackets that close what began before the value, and the punctuation after it. */
function withoutClosers(value: string): string {
  let rest = value;
  for (let last = rest.at(-1) ?? ''; /[)}\].,]/.test(last); last = rest.at(-1) ?? '') {
    const opener = openers[last];
    if (opener !== undefined && rest.slice(-longestQuoted).includes(opener)) {
      break;
    }
    rest = rest.slice(0, -1);
  }
  return rest;
}

const openers: Readonly<Record<string, string>> = { ')': '(', '}': '{', ']': '[' };
