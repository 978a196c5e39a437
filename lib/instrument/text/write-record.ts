import { isMap, isScalar, type YAMLMap } from 'yaml';
import { lineStart } from '../../yaml/nodes.ts';
import { annotation } from '../annotations.ts';
import { type InstrumentRecord, recordText } from '../record.ts';
import type { TextEdits } from './edits.ts';
import { colonEnd, columnOf, nodeLineEnd, pairOf, sourceRange } from './nodes.ts';

type Containers = InstrumentRecord['containers'];

/**
 * Writes into the annotations of a pod template what was done to its containers.
 *
 * @returns false where the text cannot be edited piece by piece
 */
export function writeRecord(edits: TextEdits, template: YAMLMap, containers: Containers): boolean {
  const metadata = pairOf(template, 'metadata');
  if (metadata === undefined) {
    return insertPair(edits, template, 'metadata', { annotations: recorded({ containers, metadata: null }) }, true);
  }
  if (!isMap(metadata.value) || metadata.value.items.length === 0) {
    return fillPair(edits, template, 'metadata', (written) => ({
      annotations: recorded({ containers, metadata: written }),
    }));
  }
  const annotations = pairOf(metadata.value, 'annotations');
  if (annotations === undefined) {
    return insertPair(edits, metadata.value, 'annotations', recorded({ containers, annotations: null }));
  }
  if (!isMap(annotations.value) || annotations.value.items.length === 0) {
    return fillPair(edits, metadata.value, 'annotations', (written) => recorded({ containers, annotations: written }));
  }
  return insertPair(edits, annotations.value, annotation.record, recordText({ containers }));
}

type Content = string | ContentMapping;

type ContentMapping = { readonly [key: string]: Content };

const recorded = (record: InstrumentRecord): ContentMapping => ({ [annotation.record]: recordText(record) });

const singleQuoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const blockLines = (key: string, content: Content, indentation: string): string[] =>
  typeof content === 'string'
    ? [`${indentation}${key}: ${singleQuoted(content)}`]
    : [`${indentation}${key}:`, ...nestedLines(content, `${indentation}  `)];

const nestedLines = (content: ContentMapping, indentation: string): string[] =>
  Object.entries(content).flatMap(([key, value]) => blockLines(key, value, indentation));

/** Adds a pair to a mapping that has some: behind the last one, or in front of all. */
function insertPair(edits: TextEdits, map: YAMLMap, key: string, content: Content, isFirst = false): boolean {
  const { text } = edits;
  const [first, last] = [map.items[0], map.items.at(-1)];
  const firstKey = isScalar(first?.key) ? first.key.range?.[0] : undefined;
  const end = sourceRange(text, last?.value)?.[1] ?? (last === undefined ? undefined : colonEnd(text, last));
  if (firstKey === undefined || end === undefined || map.anchor !== undefined) {
    return false;
  }
  if (map.flow === true) {
    edits.replace(end, end, `, ${JSON.stringify(key)}: ${JSON.stringify(content)}`);
    return true;
  }
  const column = columnOf(text, firstKey);
  const lines = blockLines(key, content, ' '.repeat(column));
  const isAlone = text.slice(lineStart(text, firstKey), firstKey).trim() === '';
  edits.insertLines(isFirst && isAlone ? lineStart(text, firstKey) : nodeLineEnd(text, last?.value, end), lines);
  return true;
}

/** Gives content to a key that has an empty mapping or nothing as its value. */
function fillPair(
  edits: TextEdits,
  map: YAMLMap,
  key: string,
  contentFor: (written: string) => ContentMapping,
): boolean {
  const { text } = edits;
  const pair = pairOf(map, key);
  const value = pair?.value;
  const start = pair === undefined ? undefined : colonEnd(text, pair);
  const isEmpty = isMap(value) || (isScalar(value) && value.value === null) || value === null;
  if (
    start === undefined ||
    !isEmpty ||
    !map.range ||
    ((isMap(value) || isScalar(value)) && value.anchor !== undefined)
  ) {
    return false;
  }
  const end = Math.max(start, sourceRange(text, value)?.[1] ?? start);
  if (map.flow === true) {
    edits.replace(start, end, ` ${JSON.stringify(contentFor(text.slice(start, end)))}`);
    return true;
  }
  const content = contentFor(edits.behindColon(start, end));
  edits.fillBelow(start, end, nestedLines(content, ' '.repeat(columnOf(text, map.range[0]) + 2)));
  return true;
}
