import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import { lineEnd, lineStart } from '../../yaml/nodes.ts';
import type { Path } from '../../yaml/value.ts';

/** The pair of a mapping with a key. */
export const pairOf = (map: YAMLMap, key: string): Pair | undefined =>
  map.items.find((pair) => (isScalar(pair.key) ? pair.key.value : pair.key) === key);

/**
 * The node at the end of a path, where no node on the way has a name that other places refer to.
 *
 * @returns undefined where the text cannot be edited piece by piece
 */
export function ownNodeAt(contents: unknown, path: Path): Node | undefined {
  let node: unknown = contents;
  for (const step of path) {
    if (hasAnchor(node)) {
      return undefined;
    }
    node = isMap(node)
      ? pairOf(node, String(step))?.value
      : isSeq(node) && typeof step === 'number'
        ? node.items[step]
        : undefined;
  }
  return (isMap(node) || isSeq(node) || isScalar(node)) && !hasAnchor(node) ? node : undefined;
}

const hasAnchor = (node: unknown): boolean =>
  (isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined;

/** Whether pieces of a node stand for others, so that changing one changes another. */
export function sharesNodes(node: Node): boolean {
  let found = false;
  visit(node, (_, child) => {
    found ||= isAlias(child) || hasAnchor(child);
  });
  return found;
}

/** Where the source of a node begins and ends, without the white space behind it. */
export function sourceRange(text: string, node: unknown): readonly [start: number, end: number] | undefined {
  if (!(isMap(node) || isSeq(node) || isScalar(node)) || !node.range) {
    return undefined;
  }
  const [start, end] = node.range;
  return [start, start + text.slice(start, end).trimEnd().length];
}

/** The place behind the colon of a pair. */
export function colonEnd(text: string, { key }: Pair): number | undefined {
  const end = isScalar(key) ? key.range?.[1] : undefined;
  const colon = end === undefined ? -1 : text.indexOf(':', end);
  return colon < 0 ? undefined : colon + 1;
}

/** The end of the last line of a node; of text that keeps its empty lines, the end of those. */
export function nodeLineEnd(text: string, node: unknown, fallback: number): number {
  const last = lastScalar(node);
  const range = isMap(node) || isSeq(node) || isScalar(node) ? node.range : undefined;
  const isBlock = isScalar(last) && (last.type === 'BLOCK_LITERAL' || last.type === 'BLOCK_FOLDED');
  if (isBlock && last.range && text[last.range[1] - 1] === '\n') {
    return last.range[1];
  }
  return lineEnd(text, range?.[1] ?? fallback);
}

function lastScalar(node: unknown): unknown {
  if (isMap(node)) {
    return node.flow === true ? undefined : lastScalar(node.items.at(-1)?.value);
  }
  return isSeq(node) ? (node.flow === true ? undefined : lastScalar(node.items.at(-1))) : node;
}

/** The column of a node's first character, counted from 0. */
export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);

/** An entry of a list, and the text that belongs to it: in block style whole lines, with the comments above them. */
export interface ListEntry {
  readonly node: YAMLMap;
  readonly name: string | undefined;
  /** Start of its own lines, without the comments above them. */
  readonly own: number;
  readonly start: number;
  readonly end: number;
}

/** The entries of a list of mappings; undefined where it cannot be edited piece by piece. */
export function listEntries(text: string, list: YAMLSeq): ListEntry[] | undefined {
  if (sharesNodes(list)) {
    return undefined;
  }
  const entries = list.items.map((node): ListEntry | undefined => {
    if (!isMap(node) || !node.range) {
      return undefined;
    }
    const [from, to] = node.range;
    const name: unknown = node.get('name');
    const common = { node, name: typeof name === 'string' ? name : undefined };
    if (list.flow === true) {
      return { ...common, own: from, start: from, end: to };
    }
    const own = lineStart(text, from);
    return /^\s*-\s+$/.test(text.slice(own, from))
      ? { ...common, own, start: aboveComments(text, own), end: nodeLineEnd(text, node, to) }
      : undefined;
  });
  const known = entries.filter((entry) => entry !== undefined);
  return known.length === entries.length ? known : undefined;
}

/** The start of the comment lines right above a line. */
function aboveComments(text: string, start: number): number {
  let at = start;
  while (at > 0) {
    const above = lineStart(text, at - 1);
    if (!/^\s*#/.test(text.slice(above, at))) {
      break;
    }
    at = above;
  }
  return at;
}
