import { isMap, type YAMLMap } from 'yaml';
import { editableList, lineEnd, lineStart, newlineOf } from '../../../yaml/nodes.ts';
import type { Path } from '../../../yaml/value.ts';

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
