import { isAlias, isMap, isScalar, isSeq, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Manifest } from '../../../model/manifest.ts';
import type { Container, Workload } from '../../../model/workload.ts';
import { splitDocuments } from '../../../yaml/documents.ts';
import { documentAt } from '../../../yaml/nodes.ts';
import type { Path } from '../../../yaml/value.ts';
import { orderOf } from './env-order.ts';

/** The `env` list of a container, wherever in its file it stands by now. */
export interface EnvTarget {
  readonly manifest: Manifest;
  readonly path: Path;
}

export const envOf = ({ manifest }: Workload, { path }: Container): EnvTarget => ({
  manifest,
  path: [...path, 'env'],
});

/** One entry of a list, and the text that belongs to it: with its comments, and in block style whole lines. */
export interface WrittenEnvEntry {
  readonly name: string;
  readonly node: YAMLMap;
  readonly start: number;
  readonly end: number;
}

export interface EnvText {
  readonly entries: readonly WrittenEnvEntry[];
  readonly flow: boolean;
}

/** Finds the list in the text; undefined where it is written in a way that cannot be edited piece by piece. */
export function findEnv(text: string, { manifest, path }: EnvTarget): EnvText | undefined {
  // Of a file with many documents few hold the name, and reading the others would take long.
  for (const document of splitDocuments(text).filter(({ content }) => content.includes(manifest.name))) {
    for (const object of objectsOf(documentAt(document).contents)) {
      const list = isSame(object, manifest) ? object.getIn(path, true) : undefined;
      if (isSeq(list) && !sharesNodes(list)) {
        return { entries: entriesOf(text, list), flow: list.flow === true };
      }
    }
  }
  return undefined;
}

function objectsOf(contents: unknown): YAMLMap[] {
  if (!isMap(contents)) {
    return [];
  }
  const items = contents.get('items');
  return [contents, ...(isSeq(items) ? items.items.filter((item) => isMap(item)) : [])];
}

const isSame = (object: YAMLMap, { kind, name, namespace }: Manifest): boolean =>
  object.get('kind') === kind &&
  object.getIn(['metadata', 'name']) === name &&
  object.getIn(['metadata', 'namespace']) === namespace;

/** Whether pieces of it stand for others, so that moving one may break another. */
function sharesNodes(list: YAMLSeq): boolean {
  let found = false;
  visit(list, (_, node) => {
    found ||= isAlias(node) || ((isMap(node) || isScalar(node) || isSeq(node)) && node.anchor !== undefined);
  });
  return found;
}

function entriesOf(text: string, list: YAMLSeq): WrittenEnvEntry[] {
  const nodes = list.items.filter((item) => isMap(item));
  const starts = nodes.map((node) => (list.flow === true ? from(node) : blockStart(text, from(node))));
  return nodes.map((node, index) => ({
    name: String(node.get('name')),
    node,
    start: starts[index] ?? 0,
    end: list.flow === true ? (node.range?.[1] ?? 0) : (starts[index + 1] ?? blockEnd(text, node.range?.[1] ?? 0)),
  }));
}

const from = (node: YAMLMap): number => node.range?.[0] ?? 0;

/** The start of the entry's first line, or of the comment lines right above it. */
function blockStart(text: string, offset: number): number {
  let start = text.lastIndexOf('\n', offset - 1) + 1;
  for (;;) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (start === 0 || !/^\s*#/.test(text.slice(above, start))) {
      return start;
    }
    start = above;
  }
}

/** The end of the line in which the last text of the entry stands. */
function blockEnd(text: string, valueEnd: number): number {
  const last = text.slice(0, valueEnd).trimEnd().length;
  const lineEnd = text.indexOf('\n', last);
  return lineEnd === -1 ? text.length : lineEnd + 1;
}

/** A new entry of `env`. */
export type NewEntry = { readonly name: string } & ({ readonly value: string } | { readonly fieldPath: string });

/**
 * Adds an entry in the style of those that are there.
 *
 * @param before name of the entry that it is put before
 * @default before - it becomes the last
 */
export function insertEntry(text: string, target: EnvTarget, entry: NewEntry, before?: string): string {
  const env = findEnv(text, target);
  const sample = env?.entries.findLast(({ name }) => before === undefined || name === before);
  if (env === undefined || sample === undefined) {
    return text;
  }
  const at = before === undefined ? sample.end : sample.start;
  if (env.flow) {
    const written = JSON.stringify(objectOf(entry)).replaceAll(/([:,])(?=["{])/g, '$1 ');
    return text.slice(0, at) + (before === undefined ? `, ${written}` : `${written}, `) + text.slice(at);
  }
  const start = sample.node.range?.[0] ?? 0;
  const dash = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (!/^\s*-\s+$/.test(dash)) {
    return text;
  }
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = linesOf(entry).map((line, index) => (index === 0 ? dash : ' '.repeat(dash.length)) + line + lineEnd);
  const missing = at === 0 || text[at - 1] === '\n' ? '' : lineEnd;
  return text.slice(0, at) + missing + lines.join('') + text.slice(at);
}

const objectOf = (entry: NewEntry): unknown =>
  'value' in entry ? entry : { name: entry.name, valueFrom: { fieldRef: { fieldPath: entry.fieldPath } } };

const linesOf = (entry: NewEntry): string[] =>
  'value' in entry
    ? [`name: ${entry.name}`, `value: ${entry.value}`]
    : [`name: ${entry.name}`, 'valueFrom:', '  fieldRef:', `    fieldPath: ${entry.fieldPath}`];

/** Moves every variable before those that refer to it. */
export function reorderEnv(text: string, target: EnvTarget): string {
  const env = findEnv(text, target);
  if (env === undefined) {
    return text;
  }
  const value = (entry: unknown) => (typeof entry === 'string' ? entry : undefined);
  const order = orderOf(env.entries.map(({ name, node }) => ({ name, value: value(node.get('value')) })));
  if (order === undefined) {
    return text;
  }
  const pieces = new Map(env.entries.map(({ name, start, end }) => [name, text.slice(start, end)]));
  const ordered = order.map((name) => pieces.get(name) ?? '');
  return env.flow ? inFlow(text, env.entries, ordered) : inBlock(text, env.entries, ordered);
}

type Span = { readonly start: number; readonly end: number };

function inFlow(text: string, slots: readonly Span[], pieces: readonly string[]): string {
  return slots.reduceRight(
    (edited, { start, end }, index) => edited.slice(0, start) + pieces[index] + edited.slice(end),
    text,
  );
}

function inBlock(text: string, slots: readonly Span[], pieces: readonly string[]): string {
  const start = slots[0]?.start ?? 0;
  const end = slots.at(-1)?.end ?? 0;
  const wholeLines = pieces.map((piece) => (piece.endsWith('\n') ? piece : `${piece}\n`)).join('');
  const atEnd = text.slice(start, end).endsWith('\n') ? wholeLines : wholeLines.replace(/\n$/, '');
  return text.slice(0, start) + atEnd + text.slice(end);
}
