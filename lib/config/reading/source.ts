import { type Alias, isScalar, type LineCounter, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Place } from '../../problems/problem.ts';

/** A mapping of a configuration. A key without a value has `null`. */
type ParsedMap = YAMLMap<Node, Node | null>;

/** A parsed file: where offsets stand and what aliases mean. */
export class Source {
  /** By mapping, so that finding a key takes the same time in a large one. */
  private readonly pairs = new WeakMap<ParsedMap, ReadonlyMap<string, Pair<Node, Node | null>>>();

  constructor(
    readonly file: string,
    private readonly lines: LineCounter,
    private readonly targets: ReadonlyMap<Alias, Node>,
  ) {}

  place(offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line, column: col };
  }

  /** The entry of a key. */
  pair(mapping: ParsedMap, key: string): Pair<Node, Node | null> | undefined {
    const known = this.pairs.get(mapping) ?? pairsByKey(mapping);
    this.pairs.set(mapping, known);
    return known.get(key);
  }

  /** What an alias stands for. */
  target(alias: Alias): Node | undefined {
    return this.targets.get(alias);
  }
}

/** The text of a scalar; of nothing, no text. */
export function textOf(node: unknown): string | undefined {
  if (node === null) {
    return '';
  }
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

/** Of a key that stands twice the first one counts; the document is refused for it. */
const pairsByKey = ({ items }: ParsedMap): ReadonlyMap<string, Pair<Node, Node | null>> =>
  new Map(
    items.toReversed().flatMap((pair) => {
      const key = textOf(pair.key);
      return key === undefined ? [] : [[key, pair] as const];
    }),
  );
