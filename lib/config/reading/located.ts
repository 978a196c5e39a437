import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import type { Place } from '../../problems/problem.ts';
import type { Path } from '../../yaml/value.ts';
import type { Finding } from '../finding.ts';
import { type Source, textOf } from './source.ts';

/** What a value is in the file. `nothing` is a key with nothing behind it. */
type Kind = 'mapping' | 'list' | 'text' | 'nothing' | 'absent';

/** `null` is a key without a value, `undefined` no key. */
type Written = Node | null | undefined;

/**
 * A value of the file that knows where it stands, or the place where it would stand. It can be asked for what it may
 * not hold (`text` of a list, `get` of a text): then there is none, so that rules need not know the shape.
 */
export class Located {
  readonly kind: Kind;
  private readonly node: Written;

  private constructor(
    private readonly source: Source,
    readonly path: Path,
    written: Written,
    private readonly offset: number,
    private readonly keyOffset: number,
    private readonly valid: (path: Path) => boolean,
  ) {
    this.node = isAlias(written) ? source.target(written) : written;
    this.kind = kindOf(this.node);
  }

  /** @param valid whether what stands at a path, and all around it, has the right shape */
  static root(source: Source, contents: Node, valid: (path: Path) => boolean = () => true): Located {
    const offset = contents.range?.[0] ?? 0;
    return new Located(source, [], contents, offset, offset, valid);
  }

  /** Where the value stands; of an absent one, where its mapping is named. */
  get place(): Place {
    return this.source.place(this.offset);
  }

  /** Where its key stands; of a list's entry, where the entry begins. */
  get keyPlace(): Place {
    return this.source.place(this.keyOffset);
  }

  /** The value of a key. */
  get(key: string): Located {
    const pair = isMap<Node, Node | null>(this.node) ? this.source.pair(this.node, key) : undefined;
    return this.child(key, pair?.value, pair?.key);
  }

  /** The value at the end of several keys. */
  at(...keys: readonly string[]): Located {
    return keys.reduce<Located>((value, key) => value.get(key), this);
  }

  /** The entries of a list. */
  items(): readonly Located[] {
    return isSeq<Node>(this.node) ? this.node.items.map((item, index) => this.child(index, item, item)) : [];
  }

  /** One entry of a list. */
  item(index: number): Located | undefined {
    const item = isSeq<Node>(this.node) ? this.node.items[index] : undefined;
    return item === undefined ? undefined : this.child(index, item, item);
  }

  /** The entries of a mapping. */
  entries(): readonly (readonly [string, Located])[] {
    const pairs = isMap<Node, Node | null>(this.node) ? this.node.items : [];
    return pairs.map(({ key, value }) => {
      const name = textOf(key) ?? '';
      return [name, this.child(name, value, key)] as const;
    });
  }

  /** Whether the value, or its absence, is what the schema allows; not asked of what it holds. */
  get isSound(): boolean {
    return this.valid(this.path);
  }

  /** The text of a scalar of the right shape. */
  text(): string | undefined {
    return this.isSound ? this.written() : undefined;
  }

  /** The text of a scalar, whatever its shape. */
  written(): string | undefined {
    return textOf(this.node);
  }

  /** The node of a scalar; of other values nothing. */
  get scalar(): Scalar | undefined {
    return isScalar(this.node) ? this.node : undefined;
  }

  /** Whether it is a scalar without quotes. */
  get isPlain(): boolean {
    return isScalar(this.node) && this.node.type === 'PLAIN';
  }

  /** Something wrong with the value. */
  finding(message: string, suggestion?: string): Finding {
    return { place: this.place, message, ...(suggestion === undefined ? {} : { suggestion }) };
  }

  /** Something wrong with the key. */
  keyFinding(message: string, suggestion?: string): Finding {
    return { ...this.finding(message, suggestion), place: this.keyPlace };
  }

  private child(step: string | number, value: Written, key: Node | undefined): Located {
    const keyOffset = key?.range?.[0] ?? this.keyOffset;
    // An empty value has no characters of its own; what misses is seen at the key.
    const [start, end] = value?.range ?? [keyOffset, keyOffset];
    const offset = end > start ? start : keyOffset;
    return new Located(this.source, [...this.path, step], value, offset, keyOffset, this.valid);
  }
}

/** The value at a path. */
export const locate = (root: Located, path: Path): Located =>
  path.reduce<Located>(
    (value, step) => (typeof step === 'number' ? (value.item(step) ?? value.get(String(step))) : value.get(step)),
    root,
  );

function kindOf(node: Written): Kind {
  if (node === undefined || node === null) {
    return node === null ? 'nothing' : 'absent';
  }
  if (isMap(node)) {
    return 'mapping';
  }
  if (isSeq(node)) {
    return 'list';
  }
  return isScalar(node) && node.type === 'PLAIN' && node.value === '' ? 'nothing' : 'text';
}
