import { isMap, isScalar, isSeq, type Node, parseAllDocuments, type YAMLSeq } from 'yaml';
import type { Path } from './value.ts';

/** A list that can be edited piece by piece: no entry stands for another one. */
export function editableList(text: string, path: Path): YAMLSeq | undefined {
  const node = nodeAt(text, path);
  return isSeq(node) && node.items.every((item) => (isMap(item) || isScalar(item)) && item.anchor === undefined)
    ? node
    : undefined;
}

/** Helm reads the first document of a values file only. JSON is left alone: what is put in here is YAML. */
export function nodeAt(text: string, path: Path): Node | undefined {
  const [document] = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false });
  const root = isMap(document?.contents) && document.contents.flow !== true ? document.contents : undefined;
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
