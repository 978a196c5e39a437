import { isAlias, isMap, isScalar, isSeq, type Node, Pair, visit, YAMLMap, YAMLSeq } from 'yaml';
import type { Path } from '../../yaml/value.ts';
import { isRemoval } from './plain-value.ts';
import { type ParsedMap, Source, textOf } from './source.ts';

/** A parsed file. */
export interface ParsedSource {
  readonly source: Source;
  readonly contents: Node;
  /** Length of the text. */
  readonly length: number;
}

/**
 * Several files as one, each above those before it: mappings are merged, lists of named entries by name, other lists and
 * values are replaced, a key without a value is removed. Every value keeps its place in its own file.
 */
export function mergeFiles([first, ...others]: readonly [ParsedSource, ...ParsedSource[]]): ParsedSource {
  if (others.length === 0) {
    return first;
  }
  const all = [first, ...others];
  const starts: number[] = [];
  let end = 0;
  for (const { contents, length } of all) {
    starts.push(end);
    shift(contents, end);
    end += length + 1;
  }
  const source = Source.merged(
    all.map((each) => each.source),
    starts,
  );
  const merge = new Merge(source);
  const contents = others.reduce<Node>((below, { contents: above }) => merge.values(below, above, []), first.contents);
  return { source, contents, length: end };
}

/** Moves the offsets of a document behind those of the documents before it. */
function shift(contents: Node, start: number): void {
  visit(contents, {
    Node(_, node) {
      if (node.range) {
        const [from, value, to] = node.range;
        node.range = [from + start, value + start, to + start];
      }
    },
  });
}

class Merge {
  constructor(private readonly source: Source) {}

  values(below: Node, above: Node, path: Path): Node {
    const [lower, upper] = [this.resolved(below), this.resolved(above)];
    if (isMap<Node, Node | null>(lower) && isMap<Node, Node | null>(upper)) {
      return this.mappings(lower, upper, path);
    }
    if (isSeq<Node>(lower) && isSeq<Node>(upper)) {
      return this.lists(lower, upper, path);
    }
    return isMap<Node, Node | null>(upper) ? this.mappings(emptyAt(upper), upper, path) : upper;
  }

  private mappings(lower: ParsedMap, upper: ParsedMap, path: Path): ParsedMap {
    const merged = emptyAt(lower.items.length === 0 ? upper : lower);
    for (const pair of lower.items) {
      const over = this.source.pair(upper, textOf(pair.key) ?? '');
      const next = over === undefined ? pair : this.pairs(pair, over, path);
      if (next !== undefined) {
        merged.items.push(next);
      }
    }
    for (const pair of upper.items) {
      const name = textOf(pair.key) ?? '';
      if (this.source.pair(lower, name) === undefined && !this.removes(pair.value, [...path, name])) {
        const { key, value } = pair;
        merged.items.push(isMap(value) ? new Pair(key, this.values(emptyAt(value), value, [...path, name])) : pair);
      }
    }
    return merged;
  }

  /** Undefined where the upper one removes the lower one. */
  private pairs(
    below: Pair<Node, Node | null>,
    above: Pair<Node, Node | null>,
    path: Path,
  ): Pair<Node, Node | null> | undefined {
    const here = [...path, textOf(below.key) ?? ''];
    if (this.removes(above.value, here)) {
      return undefined;
    }
    if (below.value === null || above.value === null) {
      return above;
    }
    const value = this.values(below.value, above.value, here);
    // What is put together of both stands at the key of the lower one.
    return value === this.resolved(above.value) ? above : new Pair(below.key, value);
  }

  private lists(lower: YAMLSeq<Node>, upper: YAMLSeq<Node>, path: Path): YAMLSeq<Node> {
    const [names, changed] = [this.namesIn(lower), this.namesIn(upper)];
    if (names === undefined || changed === undefined) {
      return upper;
    }
    const merged = new YAMLSeq<Node>();
    merged.range = lower.range;
    const changes = new Map(changed.map((name, index) => [name, upper.items[index]]));
    const known = new Set(names);
    for (const [index, item] of lower.items.entries()) {
      const change = changes.get(names[index] ?? '');
      if (change === undefined) {
        merged.items.push(item);
      } else if (!this.deletes(change, path)) {
        merged.items.push(this.values(item, change, [...path, merged.items.length]));
      }
    }
    for (const [index, item] of upper.items.entries()) {
      if (!known.has(changed[index] ?? '') && !this.deletes(item, path)) {
        merged.items.push(this.values(item, item, [...path, merged.items.length]));
      }
    }
    return merged;
  }

  /** The names of a list's entries; undefined where one has none, or two have the same. */
  private namesIn({ items }: YAMLSeq<Node>): string[] | undefined {
    const names = items.flatMap((item) => {
      const entry = this.resolved(item);
      const name = isMap<Node, Node | null>(entry) ? textOf(this.source.pair(entry, 'name')?.value) : undefined;
      return name === undefined || name === '' ? [] : [name];
    });
    return names.length === items.length && new Set(names).size === names.length ? names : undefined;
  }

  /** Whether an entry of a list only says that the one of its name is removed. */
  private deletes(item: Node, path: Path): boolean {
    const entry = this.resolved(item);
    return (
      !isInPatch(path) &&
      isMap<Node, Node | null>(entry) &&
      textOf(this.source.pair(entry, '$patch')?.value) === 'delete'
    );
  }

  /** Nothing or `null` removes a key; in a patch it stays, because there it removes a field of an object. */
  private removes(value: Node | null, path: Path): boolean {
    const node = value === null ? null : this.resolved(value);
    return !isInPatch(path.slice(0, -1)) && (node === null || (isScalar(node) && isRemoval(node)));
  }

  private resolved(node: Node): Node {
    return isAlias(node) ? (this.source.target(node) ?? node) : node;
  }
}

/** Whether a path leads into a strategic merge patch. */
const isInPatch = (path: Path): boolean => path[0] === 'patch' || (typeof path[1] === 'number' && path[2] === 'patch');

function emptyAt(node: Node): ParsedMap {
  const empty: ParsedMap = new YAMLMap<Node, Node | null>();
  empty.range = node.range;
  return empty;
}
