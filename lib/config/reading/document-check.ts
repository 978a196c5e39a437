import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type ParsedNode } from 'yaml';
import { maximumDepth, type SyntaxProblem, tooDeep } from './bounded-parse.ts';

/** Values that a file may stand for once its aliases are written out, unless it is not far from writing them itself. */
export const maximumValues = 100_000;
const maximumGrowth = 10;

/** Anchors that a suggestion names. */
const maximumNames = 10;

/** What a node stands for once aliases are written out. */
interface Extent {
  readonly values: number;
  /** Levels that nest in it, itself included. */
  readonly levels: number;
}

const single: Extent = { values: 1, levels: 1 };

/** What aliases stand for, and which parts of a document no configuration can have. */
export class DocumentCheck {
  readonly targets = new Map<Alias, Node>();
  readonly problems: SyntaxProblem[] = [];
  private readonly anchors = new Map<string, Node>();
  private readonly extents = new Map<Node, Extent>();
  private readonly open = new Set<Node>();
  private isDeep = false;

  constructor(contents: ParsedNode) {
    const { values } = this.visit(contents);
    if (values > maximumValues && values > maximumGrowth * this.extents.size) {
      const message = `written out, the aliases of this file stand for more than ${maximumValues} values`;
      this.problem('alias-expansion', contents, message, 'write out what the aliases stand for');
    }
  }

  /** Visits in document order, so that an alias finds the nearest anchor before it. */
  private visit(node: Node): Extent {
    if (isAlias(node)) {
      return this.visitAlias(node);
    }
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) {
      this.anchors.set(node.anchor, node);
    }
    if (isScalar(node)) {
      this.extents.set(node, single);
      return single;
    }
    if (this.open.size === maximumDepth) {
      this.nestsTooDeep(node);
      return single;
    }
    this.open.add(node);
    const extent = this.sumOf(this.children(node));
    this.open.delete(node);
    this.extents.set(node, extent);
    return extent;
  }

  private sumOf(children: readonly Node[]): Extent {
    let values = 1;
    let levels = 0;
    for (const child of children) {
      const extent = this.visit(child);
      values += extent.values;
      levels = Math.max(levels, extent.levels);
    }
    return { values, levels: levels + 1 };
  }

  private visitAlias(alias: Alias): Extent {
    const target = this.anchors.get(alias.source);
    if (target === undefined) {
      const message = `no anchor &${alias.source} stands before the alias *${alias.source}`;
      this.problem('unknown-alias', alias, message, this.suggestAnchor(alias.source));
      return single;
    }
    if (this.open.has(target)) {
      const message = `the alias *${alias.source} refers to itself`;
      this.problem('cyclic-alias', alias, message, 'write out what it stands for');
      return single;
    }
    this.targets.set(alias, target);
    const extent = this.extents.get(target) ?? single;
    if (this.open.size + extent.levels > maximumDepth + 1) {
      this.nestsTooDeep(alias);
    }
    return extent;
  }

  private suggestAnchor(name: string): string {
    const known = [...this.anchors.keys()];
    return known.length === 0 || known.length > maximumNames
      ? `write: &${name} where it is defined, before this line`
      : `known here: ${known.join(', ')}`;
  }

  private children(node: Node): Node[] {
    if (isSeq<Node>(node)) {
      return node.items;
    }
    const keys = new Set<unknown>();
    return isMap<Node, Node | null>(node) ? node.items.flatMap(({ key, value }) => this.pair(key, value, keys)) : [];
  }

  /** @param before keys of the same mapping that stand before */
  private pair(key: Node, value: Node | null, before: Set<unknown>): Node[] {
    if (!isScalar(key)) {
      this.problem('key-not-text', key, 'a key must be text', 'write: KEY: VALUE');
    } else if (key.value === '__proto__') {
      // Zod drops it without a word.
      this.problem('key-not-text', key, '__proto__ cannot be a key', 'rename it');
    } else if (before.has(key.value)) {
      this.problem('duplicate-key', key, 'this key stands twice in one mapping', 'remove one of the two');
    } else {
      before.add(key.value);
    }
    return value === null ? [key] : [key, value];
  }

  /** Reported once: what is deeper is not looked at. */
  private nestsTooDeep(node: Node): void {
    if (!this.isDeep) {
      this.isDeep = true;
      this.problems.push(tooDeep(node.range?.[0] ?? 0));
    }
  }

  private problem(id: string, node: Node, message: string, suggestion: string): void {
    this.problems.push({ id, offset: node.range?.[0] ?? 0, message, suggestion });
  }
}
