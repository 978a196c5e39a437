import { type ShellText, sh } from '../text/shell.ts';

type ShellPart = Parameters<typeof sh>[1];

/**
 * A line to paste, each part of which is quoted. U+0000 is left out: no object has it in its name, and files may.
 *
 * @see sh
 */
export const shellLine = (texts: TemplateStringsArray, ...parts: readonly ShellPart[]): ShellText =>
  sh(texts, ...parts.map(withoutNul));

function withoutNul(part: ShellPart): ShellPart {
  if (typeof part === 'string') {
    return part.replaceAll('\0', '');
  }
  return isList(part) ? part.map((word) => (typeof word === 'string' ? word.replaceAll('\0', '') : word)) : part;
}

function isList(part: ShellPart): part is Extract<ShellPart, readonly unknown[]> {
  return Array.isArray(part);
}
