import type { Path } from '../../yaml/value.ts';

/** A scalar. Whatever its type in YAML would be, it is the text that was written. */
export interface TextNode {
  readonly kind: 'text';
  /** Offset of the first character, as in every node. */
  readonly start: number;
  text: string;
  /** Whether it is written without quotes. */
  isPlain: boolean;
}

export interface ListNode {
  readonly kind: 'list';
  readonly start: number;
  readonly items: Node[];
}

/** An entry of a mapping. */
export interface Entry {
  readonly keyStart: number;
  /** `null` is a key without a value. */
  readonly value: Node | null;
}

export interface MappingNode {
  readonly kind: 'mapping';
  readonly start: number;
  /** By key, in the order of the file. */
  readonly entries: Map<string, Entry>;
}

/** What an alias stands for. */
export type ContentNode = TextNode | ListNode | MappingNode;

export interface AliasNode {
  readonly kind: 'alias';
  readonly start: number;
  readonly target: ContentNode;
}

/** A part of a configuration file that has nothing in it that no configuration can have, such as a key that stands twice. */
export type Node = ContentNode | AliasNode;

/** What a node is apart from where it stands. */
export const contentOf = (node: Node): ContentNode => (node.kind === 'alias' ? node.target : node);

/** Whether there are no characters at all where a value could stand. */
export const isNothing = (node: Node): boolean => node.kind === 'text' && node.isPlain && node.text === '';

/**
 * Calls a function with each text that is not empty, the nearest key before it, and the keys and indexes that lead to it,
 * which are others after the call.
 */
export function visitTexts(
  node: Node | null | undefined,
  visit: (text: string, key: string, path: Path) => void,
  key = '',
  path: (string | number)[] = [],
): void {
  const content = node === null || node === undefined ? node : contentOf(node);
  switch (content?.kind) {
    case 'text':
      if (content.text !== '') {
        visit(content.text, key, path);
      }
      break;
    case 'list':
      for (const [index, item] of content.items.entries()) {
        path.push(index);
        visitTexts(item, visit, key, path);
        path.pop();
      }
      break;
    case 'mapping':
      for (const [name, { value }] of content.entries) {
        path.push(name);
        visitTexts(value, visit, name, path);
        path.pop();
      }
      break;
    default:
  }
}
