import type { Path } from '../../yaml/value.ts';
import { contentOf, type Entry, type ListNode, type MappingNode, type Node } from './node.ts';
import { isRemoval } from './plain-value.ts';
import { Source } from './source.ts';

/** A parsed file, whose offsets begin behind those of the files before it. */
export interface ParsedSource {
  readonly source: Source;
  readonly contents: Node;
}

/**
 * Several files as one, each above those before it: mappings are merged, lists of named entries by name, other lists and
 * values are replaced, a key without a value is removed. Every value keeps its place in its own file.
 */
export function mergeFiles([first, ...others]: readonly [ParsedSource, ...ParsedSource[]]): ParsedSource {
  if (others.length === 0) {
    return first;
  }
  const source = Source.merged([first, ...others].map((each) => each.source));
  const contents = others.reduce<Node>((below, { contents: above }) => merged(below, above, []), first.contents);
  return { source, contents };
}

function merged(below: Node, above: Node, path: Path): Node {
  const [lower, upper] = [contentOf(below), contentOf(above)];
  if (lower.kind === 'mapping' && upper.kind === 'mapping') {
    return mergedMappings(lower, upper, path);
  }
  if (lower.kind === 'list' && upper.kind === 'list') {
    return mergedLists(lower, upper, path);
  }
  return upper.kind === 'mapping' ? mergedMappings(emptyAt(upper), upper, path) : upper;
}

function mergedMappings(lower: MappingNode, upper: MappingNode, path: Path): MappingNode {
  const mapping = emptyAt(lower.entries.size === 0 ? upper : lower);
  for (const [key, entry] of lower.entries) {
    const over = upper.entries.get(key);
    const next = over === undefined ? entry : mergedEntries(entry, over, [...path, key]);
    if (next !== undefined) {
      mapping.entries.set(key, next);
    }
  }
  for (const [key, entry] of upper.entries) {
    const { keyStart, value } = entry;
    if (!lower.entries.has(key) && !removes(value, [...path, key])) {
      const isMapping = value?.kind === 'mapping';
      mapping.entries.set(key, isMapping ? { keyStart, value: merged(emptyAt(value), value, [...path, key]) } : entry);
    }
  }
  return mapping;
}

/** Undefined where the upper one removes the lower one. */
function mergedEntries(below: Entry, above: Entry, path: Path): Entry | undefined {
  if (removes(above.value, path)) {
    return undefined;
  }
  if (below.value === null || above.value === null) {
    return above;
  }
  const value = merged(below.value, above.value, path);
  // What is put together of both stands at the key of the lower one.
  return value === contentOf(above.value) ? above : { keyStart: below.keyStart, value };
}

function mergedLists(lower: ListNode, upper: ListNode, path: Path): ListNode {
  const [names, changed] = [namesIn(lower), namesIn(upper)];
  if (names === undefined || changed === undefined) {
    return upper;
  }
  const items: Node[] = [];
  const changes = new Map(changed.map((name, index) => [name, upper.items[index]]));
  const known = new Set(names);
  for (const [index, item] of lower.items.entries()) {
    const change = changes.get(names[index] ?? '');
    if (change === undefined) {
      items.push(item);
    } else if (!deletes(change, path)) {
      items.push(merged(item, change, [...path, items.length]));
    }
  }
  for (const [index, item] of upper.items.entries()) {
    if (!known.has(changed[index] ?? '') && !deletes(item, path)) {
      items.push(merged(item, item, [...path, items.length]));
    }
  }
  return { kind: 'list', start: lower.start, items };
}

/** The names of a list's entries; undefined where one has none, or two have the same. */
function namesIn({ items }: ListNode): string[] | undefined {
  const names = items.flatMap((item) => {
    const name = textIn(item, 'name');
    return name === undefined || name === '' ? [] : [name];
  });
  return names.length === items.length && new Set(names).size === names.length ? names : undefined;
}

/** The text of a key, unless an alias stands there. */
function textIn(node: Node, key: string): string | undefined {
  const mapping = contentOf(node);
  const value = mapping.kind === 'mapping' ? mapping.entries.get(key)?.value : undefined;
  return value?.kind === 'text' ? value.text : undefined;
}

/** Whether an entry of a list only says that the one of its name is removed. */
const deletes = (item: Node, path: Path): boolean => !isInPatch(path) && textIn(item, '$patch') === 'delete';

/** Nothing or `null` removes a key; in a patch it stays, because there it removes a field of an object. */
const removes = (value: Node | null, path: Path): boolean =>
  !isInPatch(path.slice(0, -1)) && (value === null || isRemoval(contentOf(value)));

/** Whether a path leads into a strategic merge patch. */
const isInPatch = (path: Path): boolean => path[0] === 'patch' || (typeof path[1] === 'number' && path[2] === 'patch');

const emptyAt = ({ start }: MappingNode): MappingNode => ({ kind: 'mapping', start, entries: new Map() });
