import { isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { lineEnd, lineStart } from '../../yaml/nodes.ts';
import type { EnvEntry, EnvPlan, Replacement } from '../env-entry.ts';
import type { ContainerRecord } from '../record.ts';
import { arrangeInBrackets, arrangeLines } from './arrange-entries.ts';
import { TextEdits } from './edits.ts';
import { entryLines, flowText, listLines } from './entry-lines.ts';
import {
  colonEnd,
  columnOf,
  type ListEntry,
  listEntries,
  nodeLineEnd,
  pairOf,
  sharesNodes,
  sourceRange,
} from './nodes.ts';
import { scalarRange, scalarWith } from './scalar-text.ts';

/**
 * Carries out a plan in the text of a container.
 *
 * @param dash columns between a key and the dash of the list below it
 * @returns how to undo it, or undefined where the text cannot be edited piece by piece
 */
export function writeEnv(
  edits: TextEdits,
  container: YAMLMap,
  plan: EnvPlan,
  dash: number,
): ContainerRecord | undefined {
  const pair = pairOf(container, 'env');
  const added = plan.inserted.map(({ name }) => name);
  if (pair === undefined) {
    return insertList(edits, container, plan.inserted, dash) ? { added, env: null } : undefined;
  }
  const list = pair.value;
  if (isSeq(list) && list.items.length > 0) {
    const record = changeList(edits, list, plan, lineEnd(edits.text, colonEnd(edits.text, pair) ?? 0));
    return record === undefined ? undefined : { ...(added.length > 0 ? { added } : {}), ...record };
  }
  const isEmpty =
    (isSeq(list) && !sharesNodes(list)) ||
    (isScalar(list) && list.value === null && list.anchor === undefined) ||
    list === null;
  const env = isEmpty ? fillList(edits, container, pair, plan.inserted, dash) : undefined;
  return env === undefined ? undefined : { added, env };
}

/** A new list stands behind the image. */
function insertList(edits: TextEdits, container: YAMLMap, entries: readonly EnvEntry[], dash: number): boolean {
  const { text } = edits;
  const anchor = pairOf(container, 'image') ?? container.items.at(-1);
  const range = sourceRange(text, anchor?.value);
  if (!container.range || range === undefined) {
    return false;
  }
  if (container.flow === true) {
    edits.replace(range[1], range[1], `, "env": ${flowText(entries)}`);
    return true;
  }
  const indentation = ' '.repeat(columnOf(text, container.range[0]));
  const lines = [`${indentation}env:`, ...listLines(entries, `${indentation}${' '.repeat(dash)}- `)];
  edits.insertLines(nodeLineEnd(text, anchor?.value, range[1]), lines);
  return true;
}

/** @returns how the empty list was written */
function fillList(
  edits: TextEdits,
  container: YAMLMap,
  pair: Pair,
  entries: readonly EnvEntry[],
  dash: number,
): string | undefined {
  const { text } = edits;
  const start = colonEnd(text, pair);
  if (start === undefined || !container.range) {
    return undefined;
  }
  const end = Math.max(start, sourceRange(text, pair.value)?.[1] ?? start);
  if (container.flow === true) {
    edits.replace(start, end, ` ${flowText(entries)}`);
    return text.slice(start, end);
  }
  const indentation = ' '.repeat(columnOf(text, container.range[0]) + dash);
  edits.fillBelow(start, end, listLines(entries, `${indentation}- `));
  return edits.behindColon(start, end);
}

/** @param head end of the line of the list's key */
function changeList(edits: TextEdits, list: YAMLSeq, plan: EnvPlan, head: number): ContainerRecord | undefined {
  const entries = listEntries(edits.text, list);
  if (entries === undefined) {
    return undefined;
  }
  const isFlow = list.flow === true;
  // Entries in brackets change their places together with what changes inside them.
  const inner = isFlow ? new TextEdits(edits.text) : edits;
  const replaced = replaceAll(inner, entries, plan.replaced, isFlow);
  if (replaced === undefined) {
    return undefined;
  }
  const moved = isFlow ? arrangeInBrackets(edits, inner, entries, plan) : arrangeLines(edits, entries, plan, head);
  return { ...replaced, ...moved };
}

/** @returns how to undo it, or undefined where an entry is not there */
function replaceAll(
  edits: TextEdits,
  entries: readonly ListEntry[],
  replacements: readonly Replacement[],
  isFlow: boolean,
): ContainerRecord | undefined {
  const values: Record<string, string> = {};
  const sources: Record<string, string> = {};
  let attributes: readonly string[] | undefined;
  for (const replacement of replacements) {
    const target = entries[replacement.index];
    if (target === undefined) {
      return undefined;
    }
    const { name } = replacement.entry;
    const source = replaceValue(edits, target, replacement, isFlow);
    if (source === undefined) {
      sources[name] = replaceEntry(edits, target, replacement.entry, isFlow);
    } else if (source.isAppended) {
      attributes = replacement.appended;
    } else {
      values[name] = source.written;
    }
  }
  return {
    ...(attributes === undefined ? {} : { attributes }),
    ...(Object.keys(values).length === 0 ? {} : { values }),
    ...(Object.keys(sources).length === 0 ? {} : { entries: sources }),
  };
}

/** Changes a literal in its own quotes; undefined where the entry is none or becomes none. */
function replaceValue(
  edits: TextEdits,
  { node }: ListEntry,
  { entry, appended }: Replacement,
  isFlow: boolean,
): { readonly written: string; readonly isAppended: boolean } | undefined {
  const scalar = pairOf(node, 'value')?.value;
  const range = isScalar(scalar) ? scalarRange(edits.text, scalar) : undefined;
  const isLiteral = entry.value !== undefined && pairOf(node, 'valueFrom') === undefined;
  if (!isScalar(scalar) || range === undefined || !isLiteral || typeof scalar.value !== 'string') {
    return undefined;
  }
  const written = edits.text.slice(...range);
  const changed = scalarWith(written, scalar.value, entry.value ?? '', isFlow || node.flow === true);
  edits.replace(...range, changed);
  const quote = /^["']/.exec(written)?.[0] ?? '';
  const inner = quote === '' ? written : written.slice(1, -1);
  return { written, isAppended: appended !== undefined && changed.startsWith(`${quote}${inner},`) };
}

/** @returns how the entry was written */
function replaceEntry(edits: TextEdits, { node, own }: ListEntry, entry: EnvEntry, isFlow: boolean): string {
  const { text, newline } = edits;
  const [start, end] = sourceRange(text, node) ?? [own, own];
  const indentation = ' '.repeat(columnOf(text, start));
  const lines = entryLines(entry).map((line, index) => (index === 0 ? line : indentation + line));
  edits.replace(start, end, isFlow || node.flow === true ? flowText(entry) : lines.join(newline));
  return text.slice(start, end);
}

/** Columns between the key of a list and the dashes of its entries, where they are in block style. */
export function dashOffset(text: string, parent: unknown, key: string): number {
  const pair = isMap(parent) ? pairOf(parent, key) : undefined;
  const start = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  const first = isSeq(pair?.value) && pair.value.flow !== true ? pair.value.items[0] : undefined;
  if (start === undefined || !isMap(first) || !first.range) {
    return 0;
  }
  const line = text.slice(lineStart(text, first.range[0]), first.range[0]);
  const dash = /^\s*/.exec(line)?.[0].length ?? 0;
  return Math.max(0, dash - columnOf(text, start));
}
