import type { Problem } from '../../problems/problem.ts';

/** The text of a configuration file, or why there is none. */
export type ConfigText = { readonly text: string } | { readonly problems: readonly Problem[] };

const strict = new TextDecoder('utf-8', { fatal: true });

/** Decodes a file; without the byte order mark that some editors write. */
export function decodeUtf8(file: string, bytes: Buffer): ConfigText {
  try {
    return { text: strict.decode(bytes) };
  } catch {
    const utf16 = [0xfeff, 0xfffe].includes(bytes.length > 1 ? bytes.readUInt16BE() : 0);
    const place = { file, ...firstUndecodable(bytes) };
    const message = utf16 ? `${file} is UTF-16 text` : `${file} is not UTF-8 text from here on`;
    return { problems: [{ code: 'config/encoding', message, place, suggestion: 'save the file as UTF-8' }] };
  }
}

function firstUndecodable(bytes: Buffer): { readonly line: number; readonly column: number } {
  const newline = 0x0a;
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(newline, start);
    const content = bytes.subarray(start, end === -1 ? bytes.length : end);
    const decoded = content.toString('utf8');
    if (end === -1 || !Buffer.from(decoded).equals(content)) {
      return { line, column: decoded.indexOf('\ufffd') + 1 || 1 };
    }
    start = end + 1;
    line += 1;
  }
}
