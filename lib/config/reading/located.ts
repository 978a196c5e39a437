import type { Place } from '../../problems/problem.ts';
import type { Path } from '../../yaml/value.ts';
import type { Finding } from '../finding.ts';
import { type ContentNode, contentOf, isNothing, type Node, type TextNode } from './node.ts';
import type { Source } from './source.ts';

/** What a value is in the file. `nothing` is a key with nothing behind it. */
type Kind = 'mapping' | 'list' | 'text' | 'nothing' | 'absent';

/** `null` is a key without a value, `undefined` no key. */
type Written = Node | null | undefined;

/** Where a value stands in the value that holds it. */
interface Parent {
  readonly value: Located;
  readonly step: string | number;
}

/** What all values of a file share. */
interface Context {
  readonly source: Source;
  /** Whether what stands at a path, and all around it, has the right shape. */
  readonly isValid: (value: Located) => boolean;
}

/**
 * A value of the file that knows where it stands, or the place where it would stand. It can be asked for what it may
 * not hold (`text` of a list, `get` of a text): then there is none, so that rules need not know the shape.
 */
export class Located {
  readonly kind: Kind;
  /** `null` is a key without a value, `undefined` no key. */
  readonly node: ContentNode | null | undefined;
  private readonly offset: number;

  private constructor(
    private readonly context: Context,
    private readonly parent: Parent | undefined,
    written: Written,
    private readonly keyOffset: number,
  ) {
    this.node = written === null || written === undefined ? written : contentOf(written);
    this.kind = kindOf(this.node);
    // An empty value has no characters of its own; what misses is seen at the key.
    this.offset = written === null || written === undefined || isNothing(written) ? keyOffset : written.start;
  }

  /** @param isValid whether what stands at the path of a value, and all around it, has the right shape */
  static root(source: Source, contents: Node, isValid: (value: Located) => boolean = () => true): Located {
    return new Located({ source, isValid }, undefined, contents, contents.start);
  }

  /** The keys and indexes that lead to it. */
  get path(): Path {
    const path: (string | number)[] = [];
    for (let above = this.parent; above !== undefined; above = above.value.parent) {
      path.push(above.step);
    }
    return path.reverse();
  }

  /** Where the value stands; of an absent one, where its mapping is named. */
  get place(): Place {
    return this.context.source.place(this.offset);
  }

  /** Where its key stands; of a list's entry, where the entry begins. */
  get keyPlace(): Place {
    return this.context.source.place(this.keyOffset);
  }

  /** The value of a key. */
  get(key: string): Located {
    const entry = this.node?.kind === 'mapping' ? this.node.entries.get(key) : undefined;
    return this.child(key, entry?.value, entry?.keyStart ?? this.keyOffset);
  }

  /** The value at the end of several keys. */
  at(...keys: readonly string[]): Located {
    return keys.reduce<Located>((value, key) => value.get(key), this);
  }

  /** The entries of a list. */
  items(): readonly Located[] {
    return this.node?.kind === 'list' ? this.node.items.map((item, index) => this.child(index, item, item.start)) : [];
  }

  /** One entry of a list. */
  item(index: number): Located | undefined {
    const item = this.node?.kind === 'list' ? this.node.items[index] : undefined;
    return item === undefined ? undefined : this.child(index, item, item.start);
  }

  /** The keys of a mapping. */
  keys(): Iterable<string> {
    return this.node?.kind === 'mapping' ? this.node.entries.keys() : [];
  }

  /** The entries of a mapping. */
  entries(): readonly (readonly [string, Located])[] {
    const found: (readonly [string, Located])[] = [];
    if (this.node?.kind === 'mapping') {
      for (const [key, { value, keyStart }] of this.node.entries) {
        found.push([key, this.child(key, value, keyStart)]);
      }
    }
    return found;
  }

  /** Whether the value, or its absence, is what the schema allows; not asked of what it holds. */
  get isSound(): boolean {
    return this.context.isValid(this);
  }

  /** The text of a scalar of the right shape. */
  text(): string | undefined {
    return this.isSound ? this.written() : undefined;
  }

  /** The text of a scalar, whatever its shape; of nothing, no text. */
  written(): string | undefined {
    return this.node === null ? '' : this.scalar?.text;
  }

  /** The node of a scalar; of other values nothing. */
  get scalar(): TextNode | undefined {
    return this.node?.kind === 'text' ? this.node : undefined;
  }

  /** Whether it is a scalar without quotes. */
  get isPlain(): boolean {
    return this.scalar?.isPlain === true;
  }

  /** Something wrong with the value. */
  finding(message: string, suggestion?: string): Finding {
    return { place: this.place, message, ...(suggestion === undefined ? {} : { suggestion }) };
  }

  /** Something wrong with the key. */
  keyFinding(message: string, suggestion?: string): Finding {
    return { ...this.finding(message, suggestion), place: this.keyPlace };
  }

  private child(step: string | number, value: Written, keyOffset: number): Located {
    return new Located(this.context, { value: this, step }, value, keyOffset);
  }
}

/** The value at a path. */
export const locate = (root: Located, path: Path): Located =>
  path.reduce<Located>(
    (value, step) => (typeof step === 'number' ? (value.item(step) ?? value.get(String(step))) : value.get(step)),
    root,
  );

function kindOf(node: ContentNode | null | undefined): Kind {
  if (node === undefined || node === null) {
    return node === null ? 'nothing' : 'absent';
  }
  return isNothing(node) ? 'nothing' : node.kind;
}
