import { lineStart } from '../../yaml/nodes.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { kubernetesSchema } from '../../yaml/schema.ts';
import { valueAt } from '../../yaml/value.ts';
import { type EnvEntry, type EnvPlan, insertedAt, keptOrder } from '../env-entry.ts';
import type { ContainerRecord, RemovedEntry } from '../record.ts';
import type { TextEdits } from './edits.ts';
import { flowText, listLines } from './entry-lines.ts';
import { type ListEntry, sourceRange } from './nodes.ts';

type MoveRecord = Pick<ContainerRecord, 'moved' | 'gaps' | 'removed'>;

/**
 * Inserts, moves and takes out entries of a list in block style, by whole lines.
 *
 * @param head end of the line of the list's key
 * @returns where each entry that was moved or taken out stood: its index, and the lines between it and the entry above
 */
export function arrangeLines(edits: TextEdits, entries: readonly ListEntry[], plan: EnvPlan, head: number): MoveRecord {
  const gapAbove = (index: number): number =>
    edits.text.slice(entries[index - 1]?.end ?? head, entries[index]?.start).split('\n').length - 1;
  const { inserted, before, moved, removed } = plan;
  const gaps: Record<string, number> = {};
  for (const { index, before: target } of moved) {
    const [entry, user] = [entries[index], entries[target]];
    if (entry !== undefined && user !== undefined) {
      if (index === before) {
        insertLines(edits, user, user.start, inserted);
      }
      moveLines(edits, entry, user.start);
      const gap = gapAbove(index);
      if (gap > 0) {
        gaps[entry.name ?? ''] = gap;
      }
    }
  }
  const target = before === undefined ? undefined : entries[before];
  const sample = target ?? entries.at(-1);
  if (sample !== undefined && !moved.some(({ index }) => index === before)) {
    insertLines(edits, sample, target?.start ?? sample.end, inserted);
  }
  const taken = ascending(removed).flatMap((index): RemovedEntry[] => {
    const entry = entries[index];
    if (entry === undefined) {
      return [];
    }
    edits.removeLines(entry.start, entry.end);
    const source = edits.text.slice(entry.start, entry.end).replace(/\r?\n$/, '');
    const gap = gapAbove(index);
    return [{ name: entry.name ?? '', index, source, ...(gap > 0 ? { gap } : {}) }];
  });
  return {
    ...formerPlaces(entries, plan),
    ...(Object.keys(gaps).length === 0 ? {} : { gaps }),
    ...(taken.length === 0 ? {} : { removed: taken }),
  };
}

/**
 * Inserts, moves and takes out entries of a list in brackets, where separators stay and entries change their places.
 *
 * @param inner changes inside the entries
 */
export function arrangeInBrackets(
  edits: TextEdits,
  inner: TextEdits,
  entries: readonly ListEntry[],
  plan: EnvPlan,
): MoveRecord {
  const order = keptOrder(entries.length, plan);
  insertInBrackets(edits, entries.slice(0, order.length), insertedAt(order, plan), plan.inserted);
  fillPlaces(
    edits,
    inner,
    entries,
    order.flatMap((index) => entries[index] ?? []),
  );
  const removed = ascending(plan.removed).flatMap((index, count): RemovedEntry[] => {
    const [entry, last, next] = [entries[index], entries[order.length + count - 1], entries[order.length + count]];
    return entry === undefined
      ? []
      : [
          {
            name: entry.name ?? '',
            index,
            source: edits.text.slice(entry.start, entry.end),
            separator: last === undefined ? ', ' : edits.text.slice(last.end, next?.start),
          },
        ];
  });
  return { ...formerPlaces(entries, plan), ...(removed.length === 0 ? {} : { removed }) };
}

const ascending = (indexes: readonly number[]): number[] => [...indexes].sort((a, b) => a - b);

/**
 * Puts entries into the places of a list in brackets, in their new order; places without an entry are taken out, and
 * entries without a place come behind the last one.
 */
export function fillPlaces(
  edits: TextEdits,
  inner: TextEdits,
  places: readonly ListEntry[],
  order: readonly (ListEntry | RemovedEntry)[],
): void {
  const separators = order.flatMap((entry) => ('source' in entry ? (entry.separator ?? ', ') : []));
  for (const [index, entry] of order.entries()) {
    const place = places[index];
    const end = places.at(-1)?.end;
    const written = 'source' in entry ? inBrackets(entry) : inner.within(entry.start, entry.end);
    if (place !== undefined) {
      edits.replace(place.start, place.end, written);
    } else if (end !== undefined) {
      edits.replace(end, end, (separators[index - places.length] ?? ', ') + written);
    }
  }
  const [last, end] = [places[order.length - 1], places.at(-1)];
  if (last !== undefined && end !== undefined && last !== end) {
    edits.replace(last.end, end.end, '');
  }
}

/** An entry that was taken out, for a list in brackets, whatever list it stood in. */
function inBrackets({ source, separator }: RemovedEntry): string {
  const parsed = separator === undefined ? parseYaml(source, kubernetesSchema) : undefined;
  return parsed !== undefined && 'value' in parsed ? JSON.stringify(valueAt(parsed.value, 0)) : source;
}

/** The lines of an entry that was taken out, whatever list it stood in. */
export function linesOf({ source, separator }: RemovedEntry, indentation: string): string[] {
  if (separator !== undefined) {
    return `${indentation}- ${source}`.split(/\r?\n/);
  }
  const lines = source.split(/\r?\n/);
  const former = /^\s*/.exec(lines.find((line) => /^\s*-/.test(line)) ?? '')?.[0] ?? '';
  return lines.map((line) => (line.startsWith(former) ? indentation + line.slice(former.length) : line));
}

function formerPlaces(entries: readonly ListEntry[], { moved }: EnvPlan): MoveRecord {
  const places = moved.map(({ index }) => [entries[index]?.name ?? '', index] as const);
  return places.length === 0 ? {} : { moved: Object.fromEntries(places) };
}

/** Puts the lines of an entry in front of a place. */
export function moveLines(edits: TextEdits, { start, end }: ListEntry, to: number): void {
  const lines = edits.text
    .slice(start, end)
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  edits.removeLines(start, end);
  edits.insertLines(to, lines);
}

function insertLines(edits: TextEdits, sample: ListEntry, at: number, inserted: readonly EnvEntry[]): void {
  const [first] = sourceRange(edits.text, sample.node) ?? [sample.own];
  const marker = `${/^\s*/.exec(edits.text.slice(lineStart(edits.text, first), first))?.[0] ?? ''}- `;
  if (inserted.length > 0) {
    edits.insertLines(at, listLines(inserted, marker));
  }
}

/** @param at index of the place that they stand before */
function insertInBrackets(
  edits: TextEdits,
  places: readonly ListEntry[],
  at: number,
  inserted: readonly EnvEntry[],
): void {
  const target = places[at];
  const sample = target ?? places.at(-1);
  if (sample === undefined || inserted.length === 0) {
    return;
  }
  const lead = edits.text.slice(lineStart(edits.text, sample.start), sample.start);
  const separator = /^\s*$/.test(lead) ? `,${edits.newline}${lead}` : ', ';
  const written = inserted.map(flowText);
  const place = target === undefined ? sample.end : sample.start;
  edits.replace(
    place,
    place,
    target === undefined
      ? written.map((entry) => separator + entry).join('')
      : written.map((entry) => entry + separator).join(''),
  );
}
