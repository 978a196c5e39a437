import { type Alias, isAlias, isMap, isScalar, isSeq, type Node as YamlNode } from 'yaml';
import type { AliasNode, ContentNode, Entry, Node, TextNode } from './node.ts';

/** Makes the nodes of a configuration of those that the package `yaml` has composed and `DocumentCheck` has passed. */
export class ComposedNodes {
  private readonly known = new Map<YamlNode, ContentNode>();

  /**
   * @param targets what aliases stand for, each before the alias
   * @param start offset of the first character of the file
   */
  constructor(
    private readonly targets: ReadonlyMap<Alias, YamlNode>,
    private readonly start: number,
  ) {}

  of(node: YamlNode): Node {
    return isAlias(node) ? this.alias(node) : this.content(node);
  }

  private alias(alias: Alias): AliasNode {
    const target = this.targets.get(alias);
    const known = target === undefined ? undefined : this.known.get(target);
    if (known === undefined) {
      throw new Error(`the alias ${alias.source} stands before its anchor`);
    }
    return { kind: 'alias', start: this.startOf(alias), target: known };
  }

  private content(node: YamlNode): ContentNode {
    const made = this.made(node);
    this.known.set(node, made);
    return made;
  }

  private made(node: YamlNode): ContentNode {
    const start = this.startOf(node);
    if (isSeq<YamlNode>(node)) {
      return { kind: 'list', start, items: node.items.map((item) => this.of(item)) };
    }
    if (isMap<YamlNode, YamlNode | null>(node)) {
      const entries = node.items.map(({ key, value }): [string, Entry] => [
        this.text(key).text,
        { keyStart: this.startOf(key), value: value === null ? null : this.of(value) },
      ]);
      return { kind: 'mapping', start, entries: new Map(entries) };
    }
    return this.text(node);
  }

  private text(node: YamlNode): TextNode {
    if (!isScalar<unknown>(node)) {
      throw new Error('a key or value is neither text, nor a list, nor a mapping');
    }
    return { kind: 'text', start: this.startOf(node), text: String(node.value), isPlain: node.type === 'PLAIN' };
  }

  private startOf({ range }: YamlNode): number {
    return this.start + (range?.[0] ?? 0);
  }
}
