import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type ParsedNode } from 'yaml';

/** Values that a file may stand for once its aliases are written out, unless it is not far from writing them itself. */
const maximumValues = 100_000;
const maximumGrowth = 10;

/** A fault of the document that the parser does not report. */
export interface DocumentFault {
  readonly id: string;
  readonly offset: number;
  readonly message: string;
  readonly suggestion: string;
}

/** What aliases stand for, and which parts of a document no configuration can have. */
export class DocumentCheck {
  readonly targets = new Map<Alias, Node>();
  readonly faults: DocumentFault[] = [];
  private readonly anchors = new Map<string, Node>();
  private readonly sizes = new Map<Node, number>();
  private readonly open = new Set<Node>();

  constructor(contents: ParsedNode) {
    const size = this.visit(contents);
    if (size > maximumValues && size > maximumGrowth * this.sizes.size) {
      const message = `written out, the aliases of this file stand for more than ${maximumValues} values`;
      this.fault('alias-expansion', contents, message, 'write out what the aliases stand for');
    }
  }

  /** Visits in document order, so that an alias finds the nearest anchor before it; returns the expanded size. */
  private visit(node: Node): number {
    if (isAlias(node)) {
      return this.visitAlias(node);
    }
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) {
      this.anchors.set(node.anchor, node);
    }
    this.open.add(node);
    const size = 1 + this.children(node).reduce((sum, child) => sum + this.visit(child), 0);
    this.open.delete(node);
    this.sizes.set(node, size);
    return size;
  }

  private visitAlias(alias: Alias): number {
    const target = this.anchors.get(alias.source);
    if (target === undefined) {
      const known = [...this.anchors.keys()].join(', ');
      const suggestion =
        known === '' ? `write: &${alias.source} where it is defined, before this line` : `known here: ${known}`;
      this.fault(
        'unknown-alias',
        alias,
        `no anchor &${alias.source} stands before the alias *${alias.source}`,
        suggestion,
      );
      return 1;
    }
    if (this.open.has(target)) {
      const message = `the alias *${alias.source} stands inside what it stands for`;
      this.fault('cyclic-alias', alias, message, 'write out what it stands for');
      return 1;
    }
    this.targets.set(alias, target);
    return this.sizes.get(target) ?? 1;
  }

  private children(node: Node): Node[] {
    if (isSeq<Node>(node)) {
      return node.items;
    }
    return isMap<Node, Node | null>(node) ? node.items.flatMap(({ key, value }) => this.pair(key, value)) : [];
  }

  private pair(key: Node, value: Node | null): Node[] {
    if (!isScalar(key)) {
      this.fault('key-not-text', key, 'a key must be text', 'write: KEY: VALUE');
    } else if (key.value === '__proto__') {
      // Zod drops it without a word.
      this.fault('key-not-text', key, '__proto__ cannot be a key', 'rename it');
    }
    return value === null ? [key] : [key, value];
  }

  private fault(id: string, node: Node, message: string, suggestion: string): void {
    this.faults.push({ id, offset: node.range?.[0] ?? 0, message, suggestion });
  }
}
