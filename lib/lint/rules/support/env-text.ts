import { isAlias, isMap, isScalar, isSeq, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Manifest } from '../../../model/manifest.ts';
import type { Container, Workload } from '../../../model/workload.ts';
import { splitDocuments } from '../../../yaml/documents.ts';
import { documentAt } from '../../../yaml/nodes.ts';
import type { Path } from '../../../yaml/value.ts';

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
