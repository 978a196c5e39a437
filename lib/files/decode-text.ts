import { isUtf8 } from 'node:buffer';
import type { FileProblem } from './file-problem.ts';

/** The text of a file, or why there is none. */
export type FileText = { readonly text: string } | { readonly problem: FileProblem };

/** Bytes that are searched at a time for the one that is not UTF-8. */
const sliceLength = 64 * 1024;

const newline = 0x0a;

export interface DecodeTextProps {
  /**
   * Whether the byte order mark that some editors write stays.
   *
   * @default false
   */
  readonly keepByteOrderMark?: boolean;
}

/** Decodes UTF-8 strictly. */
export function decodeText(bytes: Buffer, { keepByteOrderMark = false }: DecodeTextProps = {}): FileText {
  if (isUtf8(bytes)) {
    return { text: new TextDecoder('utf-8', { ignoreBOM: keepByteOrderMark }).decode(bytes) };
  }
  const suggestion = 'save the file as UTF-8';
  if (bytes.length >= 2 && [0xfeff, 0xfffe].includes(bytes.readUInt16BE())) {
    return { problem: { kind: 'encoding', reason: 'is UTF-16 text', suggestion, position: { line: 1, column: 1 } } };
  }
  const offset = firstUndecodable(bytes);
  const reason = `is not UTF-8 text from byte ${offset} on`;
  return { problem: { kind: 'encoding', reason, suggestion, position: positionOf(bytes, offset) } };
}

/** Offset of the first byte that is no part of a character. */
function firstUndecodable(bytes: Buffer): number {
  for (let start = 0; ; ) {
    const end = characterBoundary(bytes, start + sliceLength, start);
    const slice = bytes.subarray(start, end);
    if (!isUtf8(slice)) {
      return start + firstReplaced(slice);
    }
    start = end;
  }
}

/** The nearest offset at or before one, but behind `least`, at which a character can begin. */
function characterBoundary(bytes: Buffer, offset: number, least: number): number {
  const isContinuation = (at: number) => ((bytes[at] ?? 0) & 0xc0) === 0x80;
  const back = [0, 1, 2, 3].find((distance) => !isContinuation(offset - distance)) ?? 0;
  return Math.min(bytes.length, Math.max(offset - back, least + 1));
}

/** Where decoding puts the first replacement character that the bytes do not hold. */
function firstReplaced(slice: Buffer): number {
  const decoded = Buffer.from(slice.toString('utf8'));
  let offset = slice.findIndex((byte, index) => byte !== decoded[index]);
  while (offset > 0 && ((decoded[offset] ?? 0) & 0xc0) === 0x80) {
    offset -= 1;
  }
  return Math.max(offset, 0);
}

function positionOf(bytes: Buffer, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(newline); end >= 0 && end < offset; end = bytes.indexOf(newline, start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: bytes.subarray(start, offset).toString('utf8').length + 1 };
}
