import { isMap, isScalar, type YAMLMap } from 'yaml';
import { editableList, lineEnd, lineStart, newlineOf, nodeAt } from '../../../yaml/nodes.ts';
import type { SourceDocument } from '../../../yaml/source-document.ts';
import type { Mapping, Path } from '../../../yaml/value.ts';
import type { RuleFinding } from '../../rule.ts';

/** Gives a key another name. */
export function renameKey(text: string, path: Path, name: string): string {
  const map = nodeAt(text, path.slice(0, -1));
  const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
  const range = isScalar(pair?.key) ? pair.key.range : undefined;
  return range && isMap(map) && !map.has(name) ? text.slice(0, range[0]) + name + text.slice(range[1]) : text;
}

/** Replaces a text by another, in the quotes that it is written in. */
export function setText(text: string, path: Path, from: string, to: string): string {
  const node = nodeAt(text, path);
  const range = isScalar(node) && node.value === from ? node.range : undefined;
  if (!range) {
    return text;
  }
  const [quote = ''] = /^["']/.exec(text.slice(range[0])) ?? [];
  return text.slice(0, range[0]) + quote + to + quote + text.slice(range[1]);
}

/** Puts a key before those of a mapping. */
export function addKey(text: string, path: Path, line: string): string {
  const map = nodeAt(text, path);
  const [first] = isMap(map) ? map.items : [];
  const start = isScalar(first?.key) ? first.key.range?.[0] : undefined;
  if (!isMap(map) || start === undefined || map.has(line.slice(0, line.indexOf(':')))) {
    return text;
  }
  const indentation = text.slice(lineStart(text, start), start);
  return map.flow === true
    ? `${text.slice(0, start)}${line}, ${text.slice(start)}`
    : text.slice(0, start) + line + newlineOf(text) + indentation + text.slice(start);
}

/**
 * The fix that gives a key its right name, where nothing else can be meant: it differs in case and separators alone, or
 * is known to be another name for it.
 *
 * @param siblings the mapping that the key stands in
 */
export function renameFix(
  { file }: SourceDocument,
  path: Path,
  name: string,
  siblings: Mapping,
  isKnown = false,
): Pick<RuleFinding, 'fix'> {
  const isSame = bare(String(path.at(-1))) === bare(name);
  return (isSame || isKnown) && !Object.hasOwn(siblings, name)
    ? { fix: { file, apply: (text) => renameKey(text, path, name) } }
    : {};
}

const bare = (name: string): string => name.toLowerCase().replaceAll(/[-_. ]/g, '');

/**
 * Takes the last of some entries out of a list of mappings. In block style whole lines go, with the comments behind them.
 *
 * @param keeps how many of them must stay
 */
export function removeLast(text: string, path: Path, isWanted: (entry: YAMLMap) => boolean, keeps = 0): string {
  const list = editableList(text, path);
  const items = list?.items.filter((item) => isMap(item)) ?? [];
  const wanted = items.filter(isWanted);
  const range = wanted.length > keeps ? wanted.at(-1)?.range : undefined;
  if (!range) {
    return text;
  }
  const [start, end] = range;
  if (list?.flow !== true) {
    return text.slice(0, lineStart(text, start)) + text.slice(lineEnd(text, end));
  }
  const isFirst = items[0]?.range?.[0] === start;
  const before = isFirst ? start : text.slice(0, start).search(/,\s*$/);
  const behind = isFirst ? (/^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0) : 0;
  return text.slice(0, before) + text.slice(end + behind);
}

/** Puts entries before those of a list that has some, in its style; what the list names already is left out. */
export function addNames(text: string, path: Path, names: readonly string[]): string {
  const list = editableList(text, path);
  const missing = names.filter((name) => list?.items.every((item) => !(isMap(item) && item.get('name') === name)));
  const [first] = list?.items ?? [];
  const start = isMap(first) ? first.range?.[0] : undefined;
  if (list === undefined || start === undefined || missing.length === 0) {
    return text;
  }
  if (list.flow === true) {
    return text.slice(0, start) + missing.map((name) => `{ name: ${name} }, `).join('') + text.slice(start);
  }
  const line = lineStart(text, start);
  const marker = /^\s*-\s+$/.exec(text.slice(line, start))?.[0];
  return marker === undefined
    ? text
    : text.slice(0, line) +
        missing.map((name) => `${marker}name: ${name}${newlineOf(text)}`).join('') +
        text.slice(line);
}

/** Puts a block of lines behind the entries of a list, with its first line as a new entry. */
export function addEntry(text: string, path: Path, flow: string, block: readonly string[]): string {
  const list = editableList(text, path);
  const [first, last] = [list?.items[0], list?.items.at(-1)].map((item) => (isMap(item) ? item.range : undefined));
  if (list === undefined || !first || !last) {
    return text;
  }
  if (list.flow === true) {
    return `${text.slice(0, last[1])}, ${flow}${text.slice(last[1])}`;
  }
  const line = lineStart(text, first[0]);
  const marker = /^\s*-\s+$/.exec(text.slice(line, first[0]))?.[0];
  if (marker === undefined) {
    return text;
  }
  const at = lineEnd(text, last[1]);
  const newline = newlineOf(text);
  const before = text.slice(0, at);
  const added = block.map((content, index) => (index === 0 ? marker : ' '.repeat(marker.length)) + content);
  return before + (before.endsWith('\n') ? '' : newline) + added.join(newline) + newline + text.slice(at);
}
