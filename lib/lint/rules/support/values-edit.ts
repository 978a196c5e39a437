import { isMap, isScalar } from 'yaml';
import { lineStart, newlineOf, nodeAt } from '../../../yaml/nodes.ts';
import type { Path } from '../../../yaml/value.ts';

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
