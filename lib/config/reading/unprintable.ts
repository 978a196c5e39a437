import type { SyntaxProblem } from './bounded-parse.ts';

/** YAML allows tab, line feed and carriage return (before a line feed) of the control characters, nothing else. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|\r(?!\n)/;

/** The first character that no YAML file may hold. */
export function unprintable(text: string): SyntaxProblem | undefined {
  const found = forbidden.exec(text);
  if (found === null) {
    return undefined;
  }
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    id: 'encoding',
    offset: found.index,
    message: `the character U+${code} cannot stand in a YAML file`,
    suggestion: code === '000D' ? 'save the file with line ends LF or CRLF' : `write: "\\u${code}" in double quotes`,
  };
}
