import { isAlias, isMap, isScalar, isSeq, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Manifest } from '../../../model/manifest.ts';
import { resourceAttributesVariable as resourceAttributes } from '../../../model/spans/written-resource-attributes.ts';
import type { Container, Workload } from '../../../model/workload.ts';
import { attribute } from '../../../telemetry/attributes.ts';
import { downwardVariable } from '../../../telemetry/downward-variables.ts';
import { splitDocuments } from '../../../yaml/documents.ts';
import { documentAt } from '../../../yaml/nodes.ts';
import type { Path } from '../../../yaml/value.ts';
import { reorderEnv } from './env-order.ts';

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
export interface EnvEntry {
  readonly name: string;
  readonly node: YAMLMap;
  readonly start: number;
  readonly end: number;
}

export interface EnvText {
  readonly entries: readonly EnvEntry[];
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

function entriesOf(text: string, list: YAMLSeq): EnvEntry[] {
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

/** Gives an attribute the pod's field by reference, and declares the variable for it where there is none yet. */
export function setAttribute(text: string, target: EnvTarget, wanted: PodField): string {
  const env = findEnv(text, target);
  const variable = env === undefined ? undefined : variableFor(env, wanted);
  if (env === undefined || variable === undefined) {
    return text;
  }
  const { name, isNew } = variable;
  const reference = `${wanted.attribute}=$(${name})`;
  const entry = env.entries.findLast((candidate) => candidate.name === resourceAttributes);
  const edited =
    entry === undefined
      ? insertEntry(text, target, { name: resourceAttributes, value: reference })
      : editValue(text, entry, (written) => withAttribute(written, wanted.attribute, reference));
  const declaration = { name, fieldPath: wanted.field };
  return reorderEnv(isNew ? insertEntry(edited, target, declaration, resourceAttributes) : edited, target);
}

/** Takes an attribute out. */
export function removeAttribute(text: string, target: EnvTarget, attribute: string): string {
  const entry = findEnv(text, target)?.entries.findLast(({ name }) => name === resourceAttributes);
  const listed = new RegExp(`${pattern(attribute)}(?:,|(?=["']?$))`);
  return entry === undefined
    ? text
    : editValue(text, entry, (written) => written.replace(listed, '$1').replace(/,(["']?)$/, '$1'));
}

/** The variable that has the field already, or the name for a new one; undefined where that name is taken. */
function variableFor({ entries }: EnvText, { field, variable }: PodField) {
  const existing = entries.find(({ node }) => node.getIn(['valueFrom', 'fieldRef', 'fieldPath']) === field);
  const isTaken = entries.some(({ name }) => name === variable);
  return existing === undefined && isTaken
    ? undefined
    : { name: existing?.name ?? variable, isNew: existing === undefined };
}

/** An attribute in the text of a scalar, with what stands before it as the first group. */
const pattern = (attribute: string): string =>
  `((?:^|,|^[|>][-+0-9]*[ \\t]*\\r?\\n)\\s*["']?)${attribute.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}=[^,"'\\r\\n]*`;

function withAttribute(written: string, attribute: string, reference: string): string {
  const listed = new RegExp(pattern(attribute));
  if (listed.test(written)) {
    return written.replace(listed, (_, before: string) => before + reference);
  }
  const [, body = '', quote = ''] = /^([\s\S]*?)(["']?)$/.exec(written) ?? [];
  return `${body}${/[^"']/.test(body) ? ',' : ''}${reference}${quote}`;
}

/** Edits a value in the text that it is written as, its quotes included. */
function editValue(text: string, { node }: EnvEntry, edit: (written: string) => string): string {
  const value: unknown = node.get('value', true);
  if (!isScalar(value) || !value.range) {
    return text;
  }
  const [start, valueEnd] = value.range;
  const written = text.slice(start, valueEnd).trimEnd();
  return text.slice(0, start) + edit(written) + text.slice(start + written.length);
}

/** What identifies a pod, and where the kubelet has it from. */
export interface PodField {
  readonly attribute: string;
  readonly field: string;
  /** The variable that this project would declare for it. */
  readonly variable: string;
}

export const podIp: PodField = { attribute: attribute.podIp, field: 'status.podIP', variable: downwardVariable.podIp };
export const podUid: PodField = {
  attribute: attribute.podUid,
  field: 'metadata.uid',
  variable: downwardVariable.podUid,
};

export const podFields: readonly PodField[] = [
  { attribute: attribute.podName, field: 'metadata.name', variable: downwardVariable.podName },
  podUid,
  podIp,
  { attribute: attribute.nodeName, field: 'spec.nodeName', variable: downwardVariable.nodeName },
];
