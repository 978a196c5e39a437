import { maximumTokens } from './bounded-parse.ts';
import { maximumValues } from './document-check.ts';
import { LineCursor, unusual } from './line-cursor.ts';
import type { AliasNode, ContentNode, Entry, ListNode, MappingNode, Node, TextNode } from './node.ts';
import { contentOf } from './node.ts';

/** Printable characters and line feeds: tabs, other line ends and marks of byte order are not simple. */
const simpleText = /^[\n -~\u00a1-\u1fff\u2010-\u2027\u2030-\ufefe\uff00-\ufffd]*$/;

/** Longer keys need a mark of their own in YAML. */
const maximumKeyLength = 200;

/** Mappings and lists in each other; what an alias stands for has no more. */
const maximumNesting = 30;

/** What the package `yaml` makes of a line, and of a key or value in it, at most. */
const tokensOfLine = 6;
const tokensOfNode = 6;

/**
 * The contents of a configuration in block style, in which every text, and everything between brackets, ends on the line on
 * which it begins; many times as fast as the package `yaml`.
 *
 * @param start offset of the first character
 * @returns undefined for each text that is not surely of this kind or that `parseConfig` may refuse
 */
export function simpleDocument(text: string, start: number): ContentNode | undefined {
  if (!simpleText.test(text)) {
    return undefined;
  }
  try {
    return new SimpleReader(text, start).document();
  } catch (error) {
    if (error === unusual) {
      return undefined;
    }
    throw error;
  }
}

class SimpleReader {
  private readonly cursor: LineCursor;
  private nodes = 0;
  private nesting = 0;
  private isInAnchor = false;
  /** Nodes that aliases stand for. */
  private repeated = 0;
  private readonly anchors = new Map<string, { readonly target: ContentNode; readonly nodes: number }>();

  constructor(
    text: string,
    private readonly start: number,
  ) {
    this.cursor = new LineCursor(text);
  }

  document(): ContentNode {
    const { cursor } = this;
    cursor.nextLine();
    if (cursor.column === 0 && cursor.isAt('---\n')) {
      cursor.at += '---'.length;
      cursor.endLine();
    }
    const contents = cursor.column === 0 ? this.mapping(0) : refuse();
    const isRepetitive = this.repeated > this.nodes && this.repeated + this.nodes > maximumValues;
    const tokens = cursor.lines * tokensOfLine + this.nodes * tokensOfNode;
    return isRepetitive || tokens > maximumTokens ? refuse() : contents;
  }

  private mapping(column: number): MappingNode {
    const start = this.opened();
    const entries = new Map<string, Entry>();
    do {
      const keyStart = this.offset;
      const name = this.cursor.key() ?? refuse();
      this.add(entries, name, keyStart, this.blockValue(column, true));
    } while (this.cursor.column === column);
    this.closed(column);
    return { kind: 'mapping', start, entries };
  }

  private list(column: number): ListNode {
    const { cursor } = this;
    const start = this.opened();
    const items: Node[] = [];
    do {
      const dash = cursor.at;
      cursor.at += 1;
      cursor.skipSpaces();
      items.push(cursor.isKey ? this.mapping(column + cursor.at - dash) : this.blockValue(column, false));
    } while (cursor.column === column && cursor.isDash);
    this.closed(column);
    return { kind: 'list', start, items };
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

  private add(entries: Map<string, Entry>, name: string, keyStart: number, value: Node): void {
    this.nodes += 1;
    if (entries.has(name) || name === '__proto__' || name.length > maximumKeyLength) {
      refuse();
    }
    entries.set(name, { keyStart, value });
  }

  /**
   * What stands behind a key or a dash, up to the next line that holds something.
   *
   * @param column of the key or the dash
   */
  private blockValue(column: number, isOfKey: boolean): Node {
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
    const target = contentOf(this.value(column, false));
    this.isInAnchor = false;
    this.anchors.set(name, { target, nodes: this.nodes - before });
    return target;
  }

  /** @param mayBeEmpty whether there may be nothing, or a list that stands as far to the left as what it belongs to */
  private value(column: number, mayBeEmpty: boolean): Node {
    const { cursor } = this;
    if (!cursor.isLineEnd) {
      const value = this.alias() ?? this.enclosed() ?? this.textNode(this.offset, cursor.plainText() ?? refuse(), true);
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
    return cursor.column === column && cursor.isDash ? this.list(column) : this.textNode(this.offset, '', true);
  }

  /** An alias behind its anchor. Those inside of what an anchor names are left to the package `yaml`, as anchors are. */
  private alias(): AliasNode | undefined {
    const { cursor, offset } = this;
    if (cursor.character !== '*') {
      return undefined;
    }
    cursor.at += 1;
    const anchor = this.anchors.get(cursor.name() ?? '') ?? refuse();
    this.repeated += anchor.nodes;
    return this.isInAnchor ? refuse() : { kind: 'alias', start: offset, target: anchor.target };
  }

  /** A text in quotes, `[…]` or `{…}`. */
  private enclosed(): ContentNode | undefined {
    const { cursor, offset } = this;
    switch (cursor.character) {
      case '[':
        return this.flowList();
      case '{':
        return this.flowMapping();
      case '"':
      case "'":
        return this.textNode(offset, cursor.quotedText() ?? refuse(), false);
      default:
        return undefined;
    }
  }

  private flowList(): ListNode {
    const start = this.opened();
    const items: Node[] = [];
    while (this.nextInFlow(']', items.length)) {
      items.push(this.flowValue());
    }
    this.nesting -= 1;
    return { kind: 'list', start, items };
  }

  private flowMapping(): MappingNode {
    const start = this.opened();
    const entries = new Map<string, Entry>();
    while (this.nextInFlow('}', entries.size)) {
      const keyStart = this.offset;
      const name = this.cursor.key() ?? refuse();
      this.cursor.skipSpaces();
      this.add(entries, name, keyStart, this.flowValue());
    }
    this.nesting -= 1;
    return { kind: 'mapping', start, entries };
  }

  /**
   * Goes to the next entry; without one, behind the bracket.
   *
   * @param before how many there were
   */
  private nextInFlow(bracket: ']' | '}', before: number): boolean {
    const { cursor } = this;
    cursor.at += before === 0 ? 1 : 0;
    cursor.skipSpaces();
    const isEnd = cursor.character === bracket;
    if (!isEnd && before > 0 && cursor.character !== ',') {
      refuse();
    }
    cursor.at += isEnd || before > 0 ? 1 : 0;
    cursor.skipSpaces();
    return !isEnd;
  }

  private flowValue(): ContentNode {
    const { offset } = this;
    return this.enclosed() ?? this.textNode(offset, this.cursor.flowText() ?? refuse(), true);
  }

  private textNode(start: number, text: string, isPlain: boolean): TextNode {
    this.nodes += 1;
    return { kind: 'text', start, text, isPlain };
  }
}

function refuse(): never {
  throw unusual;
}
