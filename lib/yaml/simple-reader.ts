import { LineCursor, refuse, unusual } from './line-cursor.ts';

/** Printable characters of 16 bits and line feeds: tabs, other line ends and marks of byte order are not simple. */
const simpleText = /^[\n -~\u00a1-\u1fff\u2010-\u2027\u2030-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

/** Longer keys need a mark of their own in YAML. */
const maximumKeyLength = 200;

/** Mappings and lists in each other; what an alias stands for has no more. */
const maximumNesting = 30;

/** What the values of a document become; offsets are those of their first characters. */
export interface SimpleBuilder<Value, Mapping extends Value> {
  /** @param isPlain whether it has no quotes; the empty text is then nothing */
  text(text: string, isPlain: boolean, start: number): Value;
  list(items: Value[], start: number): Value;
  /** A mapping to which nothing is added yet. */
  mapping(start: number): Mapping;
  /** Adds an entry; false when the document is not simple with it. */
  add(mapping: Mapping, key: string, keyStart: number, value: Value): boolean;
  /** An alias of a value that stands before it; undefined when the document is not simple with it. */
  alias(target: Value, start: number): Value | undefined;
}

/** A document that was read, and what it is made of. */
export interface SimpleReading<Value> {
  readonly value: Value;
  /** Lexical tokens that the package `yaml` makes of it, at most. */
  readonly tokens: number;
  /** Keys and values, apart from those that aliases stand for. */
  readonly nodes: number;
  readonly aliasedNodes: number;
}

/**
 * Reads a document in block style in which every text, and everything between brackets, ends on the line on which it begins;
 * many times as fast as a parser of all of YAML.
 *
 * @param start offset of the first character
 * @returns undefined for each text that is not surely of this kind, so that not every parser may read it alike
 */
export function readSimply<Value, Mapping extends Value>(
  text: string,
  builder: SimpleBuilder<Value, Mapping>,
  start = 0,
): SimpleReading<Value> | undefined {
  if (!simpleText.test(text)) {
    return undefined;
  }
  try {
    return new SimpleReader(text, builder, start).document();
  } catch (error) {
    if (error !== unusual) {
      throw error;
    }
    return undefined;
  }
}

class SimpleReader<Value, Mapping extends Value> {
  private readonly cursor: LineCursor;
  private nodes = 0;
  private nesting = 0;
  private isInAnchor = false;
  private aliasedNodes = 0;
  private readonly anchors = new Map<string, { readonly target: Value; readonly nodes: number }>();

  constructor(
    text: string,
    private readonly builder: SimpleBuilder<Value, Mapping>,
    private readonly start: number,
  ) {
    this.cursor = new LineCursor(text);
  }

  document(): SimpleReading<Value> {
    const { cursor } = this;
    cursor.begin();
    const value = cursor.column === 0 ? this.mapping(0) : refuse();
    return { value, tokens: cursor.tokens, nodes: this.nodes, aliasedNodes: this.aliasedNodes };
  }

  private mapping(column: number): Mapping {
    const mapping = this.builder.mapping(this.opened());
    do {
      const keyStart = this.offset;
      const name = this.cursor.key() ?? refuse();
      this.add(mapping, name, keyStart, this.blockValue(column, true));
    } while (this.cursor.column === column);
    this.closed(column);
    return mapping;
  }

  private list(column: number): Value {
    const { cursor } = this;
    const start = this.opened();
    const items: Value[] = [];
    do {
      const dash = cursor.at;
      cursor.passMark();
      items.push(cursor.isKey ? this.mapping(column + cursor.at - dash) : this.blockValue(column, false));
    } while (cursor.column === column && cursor.isDash);
    this.closed(column);
    return this.builder.list(items, start);
  }

  private get offset(): number {
    return this.start + this.cursor.at;
  }

  private opened(): number {
    this.nesting += 1;
    this.nodes += 1;
    return this.nesting > maximumNesting ? refuse() : this.offset;
  }

  /** What stands further to the right would belong to the last value. */
  private closed(column: number): void {
    this.nesting -= 1;
    if (this.cursor.column > column) {
      refuse();
    }
  }

  private add(mapping: Mapping, key: string, keyStart: number, value: Value): void {
    this.nodes += 1;
    if (key === '__proto__' || key.length > maximumKeyLength || !this.builder.add(mapping, key, keyStart, value)) {
      refuse();
    }
  }

  /**
   * What stands behind a key or a dash, up to the next line that holds something.
   *
   * @param column of the key or the dash
   */
  private blockValue(column: number, isOfKey: boolean): Value {
    const { cursor } = this;
    cursor.skipSpaces();
    if (cursor.character !== '&') {
      return this.value(column, isOfKey);
    }
    cursor.at += 1;
    const name = cursor.name() ?? refuse();
    const before = this.nodes;
    this.isInAnchor = this.isInAnchor ? refuse() : true;
    cursor.skipSpaces();
    const target = this.value(column, false);
    this.isInAnchor = false;
    this.anchors.set(name, { target, nodes: this.nodes - before });
    return target;
  }

  /** @param mayBeEmpty whether there may be nothing, or a list that stands as far to the left as what it belongs to */
  private value(column: number, mayBeEmpty: boolean): Value {
    const { cursor } = this;
    if (!cursor.isLineEnd) {
      const { offset } = this;
      const value = this.alias() ?? this.enclosed() ?? this.text(cursor.plainText() ?? refuse(), true, offset);
      cursor.endLine();
      return value;
    }
    cursor.endLine();
    if (cursor.column > column) {
      return cursor.isDash ? this.list(cursor.column) : this.mapping(cursor.column);
    }
    if (!mayBeEmpty) {
      return refuse();
    }
    return cursor.column === column && cursor.isDash ? this.list(column) : this.text('', true, this.offset);
  }

  /** An alias behind its anchor. Anchors and aliases within what an anchor names are not simple. */
  private alias(): Value | undefined {
    const { cursor, offset } = this;
    if (cursor.character !== '*') {
      return undefined;
    }
    cursor.at += 1;
    const anchor = this.anchors.get(cursor.name() ?? '') ?? refuse();
    this.aliasedNodes += anchor.nodes;
    return this.isInAnchor ? refuse() : (this.builder.alias(anchor.target, offset) ?? refuse());
  }

  /** A text in quotes, `[…]` or `{…}`. */
  private enclosed(): Value | undefined {
    const { cursor, offset } = this;
    switch (cursor.character) {
      case '[':
        return this.flowList();
      case '{':
        return this.flowMapping();
      case '"':
      case "'":
        return this.text(cursor.quotedText() ?? refuse(), false, offset);
      default:
        return undefined;
    }
  }

  private flowList(): Value {
    const start = this.opened();
    const items: Value[] = [];
    while (this.nextInFlow(']', items.length)) {
      items.push(this.flowValue());
    }
    this.nesting -= 1;
    return this.builder.list(items, start);
  }

  private flowMapping(): Mapping {
    const mapping = this.builder.mapping(this.opened());
    for (let before = 0; this.nextInFlow('}', before); before += 1) {
      const keyStart = this.offset;
      const name = this.cursor.key() ?? refuse();
      this.cursor.skipSpaces();
      this.add(mapping, name, keyStart, this.flowValue());
    }
    this.nesting -= 1;
    return mapping;
  }

  /**
   * Goes to the next entry; without one, behind the bracket.
   *
   * @param before how many there were
   */
  private nextInFlow(bracket: ']' | '}', before: number): boolean {
    const { cursor } = this;
    cursor.passMark(before === 0 ? 1 : 0);
    const isEnd = cursor.character === bracket;
    if (!isEnd && before > 0 && cursor.character !== ',') {
      refuse();
    }
    cursor.passMark(isEnd || before > 0 ? 1 : 0);
    return !isEnd;
  }

  private flowValue(): Value {
    const { offset } = this;
    return this.enclosed() ?? this.text(this.cursor.flowText() ?? refuse(), true, offset);
  }

  private text(text: string, isPlain: boolean, start: number): Value {
    this.nodes += 1;
    return this.builder.text(text, isPlain, start);
  }
}
