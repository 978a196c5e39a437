import { type Alias, isScalar, type LineCounter, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Place } from '../../problems/problem.ts';

/** A mapping of a configuration. A key without a value has `null`. */
export type ParsedMap = YAMLMap<Node, Node | null>;

/** A file whose offsets begin where those of the file before it end. */
interface SourceFile {
  readonly file: string;
  readonly lines: LineCounter;
  /** The offset of its first character. */
  readonly start: number;
}

/** A parsed file, or several that are merged: where offsets stand and what aliases mean. */
export class Source {
  /** By mapping, so that finding a key takes the same time in a large one. */
  private readonly pairs = new WeakMap<ParsedMap, ReadonlyMap<string, Pair<Node, Node | null>>>();

  private constructor(
    private readonly files: readonly SourceFile[],
    private readonly targets: ReadonlyMap<Alias, Node>,
  ) {}

  static of(file: string, lines: LineCounter, targets: ReadonlyMap<Alias, Node> = new Map()): Source {
    return new Source([{ file, lines, start: 0 }], targets);
  }

  /**
   * The files of several sources as one.
   *
   * @param starts by how much the offsets of each source were shifted, ascending
   */
  static merged(sources: readonly Source[], starts: readonly number[]): Source {
    return new Source(
      sources.flatMap(({ files }, index) => files.map((file) => ({ ...file, start: starts[index] ?? 0 }))),
      new Map(sources.flatMap(({ targets }) => [...targets])),
    );
  }

  /** The file, or the first of several. */
  get file(): string {
    return this.files[0]?.file ?? '';
  }

  place(offset: number): Place {
    const found = this.files.findLast(({ start }) => start <= offset) ?? this.files[0];
    if (found === undefined) {
      throw new Error('a source has a file');
    }
    const { line, col } = found.lines.linePos(offset - found.start);
    return { file: found.file, line, column: col };
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
