import { type Document, isMap, isScalar, isSeq, type Node, parseDocument, type YAMLSeq } from 'yaml';
import { type DocumentText, splitDocuments } from './documents.ts';
import type { Path } from './value.ts';

/** A list that can be edited piece by piece: no entry stands for another one. */
export function editableList(text: string, path: Path): YAMLSeq | undefined {
  const node = nodeAt(text, path);
  return isSeq(node) && node.items.every((item) => (isMap(item) || isScalar(item)) && item.anchor === undefined)
    ? node
    : undefined;
}

/** One document of a file, whose nodes have their offsets in the file: a comment stands for what is before it. */
export function documentAt({ content, start }: DocumentText): Document.Parsed {
  const before = start === 0 ? '' : `${'#'.repeat(start - 1)}\n`;
  return parseDocument(before + content, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false });
}

/** Helm reads the first document of a values file only. JSON is left alone: what is put in here is YAML. */
export function nodeAt(text: string, path: Path): Node | undefined {
  const [first] = splitDocuments(text);
  const contents = first === undefined ? undefined : documentAt(first).contents;
  const root = isMap(contents) && contents.flow !== true ? contents : undefined;
  const found: unknown = path.length === 0 ? root : root?.getIn(path, true);
  return isMap(found) || isSeq(found) || isScalar(found) ? found : undefined;
}

export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** The end of the line in which the last text before an offset stands. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', text.slice(0, offset).trimEnd().length);
  return end === -1 ? text.length : end + 1;
}

/** How lines end in a text. */
export const newlineOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');
