import { isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { lineEnd, lineStart } from '../../yaml/nodes.ts';
import { annotation } from '../annotations.ts';
import { type ContainerRecord, type InstrumentRecord, type RemovedEntry, recordIn } from '../record.ts';
import { withoutAttributes } from '../resource-attributes.ts';
import { fillPlaces, linesOf, moveLines } from './arrange-entries.ts';
import { TextEdits } from './edits.ts';
import { colonEnd, columnOf, type ListEntry, listEntries, nodeLineEnd, pairOf, sourceRange } from './nodes.ts';
import { scalarRange, scalarWith } from './scalar-text.ts';

/** The record that a pod template holds; undefined where it holds none. */
export function recordOf(template: YAMLMap): InstrumentRecord | undefined {
  const written: unknown = template.getIn(['metadata', 'annotations', annotation.record]);
  return typeof written === 'string' ? recordIn(written) : undefined;
}

/** Takes out of a pod template what its record names, and the record. */
export function removeRecorded(edits: TextEdits, template: YAMLMap, record: InstrumentRecord): void {
  const containers: unknown = template.getIn(['spec', 'containers'], true);
  for (const [index, container] of (isSeq(containers) ? containers.items : []).entries()) {
    if (isMap(container)) {
      const name: unknown = container.get('name');
      const own = record.containers[typeof name === 'string' ? name : String(index)];
      if (own !== undefined) {
        removeFromContainer(edits, container, own);
      }
    }
  }
  removeRecord(edits, template, record);
}

function removeRecord(edits: TextEdits, template: YAMLMap, record: InstrumentRecord): void {
  const metadata = pairOf(template, 'metadata');
  const annotations = isMap(metadata?.value) ? pairOf(metadata.value, 'annotations') : undefined;
  if (!isMap(metadata?.value) || !isMap(annotations?.value)) {
    return;
  }
  const isAlone = annotations.value.items.length === 1;
  if (record.metadata !== undefined && isAlone && metadata.value.items.length === 1) {
    restorePair(edits, template, metadata, record.metadata);
  } else if (record.annotations !== undefined && isAlone) {
    restorePair(edits, metadata.value, annotations, record.annotations);
  } else {
    const own = pairOf(annotations.value, annotation.record);
    if (own !== undefined) {
      removePair(edits, annotations.value, own);
    }
  }
}

/** Takes a pair out, or gives it back the empty value that it had. */
function restorePair(edits: TextEdits, map: YAMLMap, pair: Pair, written: string | null): void {
  const start = colonEnd(edits.text, pair);
  const end = sourceRange(edits.text, pair.value)?.[1];
  if (written === null) {
    removePair(edits, map, pair);
  } else if (start !== undefined && end !== undefined) {
    edits.replace(start, end, written);
  }
}

function removePair(edits: TextEdits, map: YAMLMap, pair: Pair): void {
  const { text } = edits;
  const start = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
  const end = sourceRange(text, pair.value)?.[1];
  if (start === undefined || end === undefined) {
    return;
  }
  const next = map.items[map.items.indexOf(pair) + 1];
  const nextStart = isScalar(next?.key) ? next.key.range?.[0] : undefined;
  if (map.flow === true) {
    const previous = map.items[map.items.indexOf(pair) - 1];
    const isFirst = previous === undefined && nextStart !== undefined;
    edits.replace(isFirst ? start : (sourceRange(text, previous?.value)?.[1] ?? start), isFirst ? nextStart : end, '');
  } else if (text.slice(lineStart(text, start), start).trim() !== '' && nextStart !== undefined) {
    // Behind the dash of a list, where the next pair takes its place.
    edits.replace(start, nextStart, '');
  } else {
    edits.removeLines(lineStart(text, start), nodeLineEnd(text, pair.value, end));
  }
}

function removeFromContainer(edits: TextEdits, container: YAMLMap, record: ContainerRecord): void {
  const pair = pairOf(container, 'env');
  const list = pair?.value;
  const entries = isSeq(list) ? listEntries(edits.text, list) : undefined;
  if (pair === undefined || !isSeq(list) || entries === undefined) {
    return;
  }
  const isAdded = ({ name }: ListEntry) => name !== undefined && record.added?.includes(name) === true;
  if (record.env !== undefined && entries.every(isAdded)) {
    restorePair(edits, container, pair, record.env);
    return;
  }
  const kept = entries.filter((entry) => !isAdded(entry));
  removeEntries(edits, list, entries, isAdded);
  if (list.flow === true) {
    const inner = new TextEdits(edits.text);
    restoreValues(inner, kept, record, true);
    fillPlaces(edits, inner, kept, formerOrder(kept, record));
  } else {
    restoreValues(edits, kept, record, false);
    moveBack(edits, kept, record, lineEnd(edits.text, colonEnd(edits.text, pair) ?? 0));
  }
}

function removeEntries(
  edits: TextEdits,
  list: YAMLSeq,
  entries: readonly ListEntry[],
  isAdded: (entry: ListEntry) => boolean,
): void {
  const lastKept = entries.findLastIndex((entry) => !isAdded(entry));
  for (const [index, entry] of entries.entries()) {
    const [previous, next] = [entries[index - 1], entries[index + 1]];
    if (!isAdded(entry)) {
      continue;
    }
    if (list.flow !== true) {
      edits.removeLines(entry.own, entry.end);
    } else if (index < lastKept && next !== undefined) {
      edits.replace(entry.start, next.start, '');
    } else {
      edits.replace(previous?.end ?? entry.start, entry.end, '');
    }
  }
}

function restoreValues(
  edits: TextEdits,
  kept: readonly ListEntry[],
  { attributes = [], values = {}, entries = {} }: ContainerRecord,
  isFlow: boolean,
): void {
  const last = new Map(kept.map((entry) => [entry.name ?? '', entry]));
  for (const [name, written] of Object.entries(entries)) {
    const range = sourceRange(edits.text, last.get(name)?.node);
    if (range !== undefined) {
      edits.replace(...range, indentedTo(written, columnOf(edits.text, range[0])));
    }
  }
  for (const [name, { node }] of last) {
    const scalar = pairOf(node, 'value')?.value;
    const range = isScalar(scalar) ? scalarRange(edits.text, scalar) : undefined;
    if (!isScalar(scalar) || range === undefined || Object.hasOwn(entries, name)) {
      continue;
    }
    const former = Object.hasOwn(values, name) ? values[name] : undefined;
    if (former !== undefined) {
      edits.replace(...range, former);
    } else if (name === 'OTEL_RESOURCE_ATTRIBUTES' && attributes.length > 0 && typeof scalar.value === 'string') {
      const source = edits.text.slice(...range);
      const without = withoutAttributes(scalar.value, attributes);
      const inner = /^["']/.test(source) ? source.slice(1, -1) : source;
      const isVerbatim = inner === scalar.value;
      const quote = /^["']/.exec(source)?.[0] ?? '';
      edits.replace(...range, isVerbatim ? quote + without + quote : scalarWith(source, scalar.value, without, isFlow));
    }
  }
}

/** The source of an entry whose keys begin in a column, which another tool may have changed since. */
function indentedTo(source: string, column: number): string {
  const [first = '', ...rest] = source.split('\n');
  const indentations = rest.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const by = column - Math.min(...indentations);
  return rest.length === 0 || by === 0
    ? source
    : [first, ...rest.map((line) => (by > 0 ? ' '.repeat(by) + line : line.slice(-by)))].join('\n');
}

const isMoved = ({ name }: ListEntry, { moved = {} }: ContainerRecord): boolean =>
  name !== undefined && Object.hasOwn(moved, name);

/**
 * Entries in the order that they had before some of them were moved or taken out. One that was taken out comes back
 * where the entry that hid it is still there.
 */
function formerOrder(kept: readonly ListEntry[], record: ContainerRecord): (ListEntry | RemovedEntry)[] {
  const { moved = {}, removed = [] } = record;
  const order: (ListEntry | RemovedEntry)[] = kept.filter((entry) => !isMoved(entry, record));
  const back = [
    ...kept.filter((entry) => isMoved(entry, record)).map((entry) => ({ index: indexOf(moved, entry), entry })),
    ...removed
      .filter(({ name }) => kept.some((entry) => entry.name === name))
      .map((entry) => ({ index: entry.index, entry })),
  ];
  for (const { index, entry } of back.sort((a, b) => a.index - b.index)) {
    order.splice(index, 0, entry);
  }
  return order;
}

/**
 * Puts the lines of entries back to the places that they had in the list.
 *
 * @param head end of the line of the list's key
 */
function moveBack(edits: TextEdits, kept: readonly ListEntry[], record: ContainerRecord, head: number): void {
  const { gaps = {} } = record;
  const order = formerOrder(kept, record);
  const own = kept[0]?.own ?? head;
  const indentation = /^\s*/.exec(edits.text.slice(own, kept[0]?.node.range?.[0]))?.[0] ?? '';
  let above = head;
  let lines = 0;
  for (const entry of order) {
    if ('source' in entry) {
      lines += entry.gap ?? 0;
      edits.insertLines(belowLines(edits.text, above, lines), linesOf(entry, indentation));
    } else if (isMoved(entry, record)) {
      lines += gaps[entry.name ?? ''] ?? 0;
      moveLines(edits, entry, belowLines(edits.text, above, lines));
    } else {
      above = entry.end;
      lines = 0;
    }
  }
}

/** The place below so many lines that are blank or comments, or below those that are there. */
function belowLines(text: string, start: number, lines: number): number {
  let at = start;
  for (let left = lines; left > 0; left -= 1) {
    const end = text.indexOf('\n', at) + 1;
    if (end === 0 || !/^\s*(#.*)?$/.test(text.slice(at, end).trimEnd())) {
      break;
    }
    at = end;
  }
  return at;
}

const indexOf = (moved: Readonly<Record<string, number>>, { name }: ListEntry): number => moved[name ?? ''] ?? 0;
