import { type VariableName, variableName } from './variable-name.ts';

/**
 * Text that a POSIX shell may be given. Only this file makes it, so that a word which nobody has quoted does not compile
 * where a line for a shell is wanted.
 */
class ShellText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  toJSON(): string {
    return this.#text;
  }
}

export type { ShellText };

/** What a line is made of: a text becomes one quoted word, shell text stays as it is, a list becomes several words. */
export type ShellPart = string | number | ShellText | readonly (string | ShellText)[];

/**
 * A line, or a part of one. What is interpolated is quoted, unless it is shell text already.
 *
 * @throws Error when a text is interpolated where quotes do not protect it: in quotes, behind `$` or `\`, in a comment
 */
export function sh(texts: TemplateStringsArray, ...parts: readonly ShellPart[]): ShellText {
  const [first = '', ...rest] = texts;
  return new ShellText(
    rest.reduce((before, after, index) => {
      const part = parts[index] ?? '';
      if (!(part instanceof ShellText)) {
        assertUnquoted(before);
      }
      const [word, ...words] = isList(part) ? part : [part];
      if (word === undefined) {
        return before.replace(/ $/, '') + after;
      }
      const isFirst = commandStart.test(before);
      return before + [written(word, isFirst), ...words.map((it) => written(it))].join(' ') + after;
    }, first),
  );
}

const isList = (part: ShellPart): part is readonly (string | ShellText)[] => Array.isArray(part);

const written = (part: string | number | ShellText, isFirst = false): string =>
  part instanceof ShellText ? part.toString() : (isFirst ? quotedFirst : quoted)(String(part));

/** What a command may begin behind. */
const commandStart = /(^|[|&;({\n])\s*$/;

/** Lines, or parts of one, with something between them. */
export const joined = (parts: readonly ShellText[], separator: ' ' | ' && ' | ' | ' | '; ' | '\n'): ShellText =>
  new ShellText(parts.join(separator));

/** A program as the first word of a command: behind `ssh HOST`, a word that begins with "-" would be an option of ssh. */
export const program = (name: string): ShellText =>
  new ShellText(name.startsWith('-') ? singleQuoted(name) : quotedFirst(name));

/** A variable of the environment that a command gets. */
export const assignment = (name: string, value: string): ShellText =>
  new ShellText(`${variableName(name)}=${quoted(value)}`);

/** The word `NAME=value`, with the value that the variable has when the line runs. */
export const variableWord = (name: VariableName): ShellText => new ShellText(`"${variableName(name)}=$${name}"`);

/** A comment of one line: a line break would end it, and so would end what hides the rest of the text from the shell. */
export const comment = (text: string): ShellText =>
  new ShellText(`# ${text.replaceAll(/\s*[\r\n]+\s*/g, '; ').replaceAll(unprintable, escaped)}`);

/** A suggestion that is a command to paste. */
export const run = (line: ShellText): string => `run: ${line}`;

/** A path as a program takes it for one: nothing that begins with "-" is. */
export const operand = (path: string): string => (path.startsWith('-') ? `./${path}` : path);

/** Nothing in these means anything to a shell; zsh looks for a program where a word begins with "=". */
const plain = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

const assigning = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_04 */
const reserved = new Set(
  'if then else elif fi do done case esac while until for in select function time coproc repeat foreach end'.split(' '),
);

/** Characters that a terminal obeys or hides; a line feed and a tab are text. */
const unprintable = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu;

const runs = new RegExp(`((?:${unprintable.source})+)`, 'u');

/**
 * A text as one word, literally. What a terminal would obey is written as `printf` writes
 * it, so that the line can be shown and pasted.
 */
function quoted(text: string): string {
  if (text.includes('\0')) {
    throw new Error('a word of a shell line cannot hold U+0000');
  }
  if (plain.test(text)) {
    return text;
  }
  const words = text.split(runs).map((part, index) => {
    if (index % 2 === 1) {
      return `"$(printf '${octal(part)}')"`;
    }
    return part === '' ? '' : singleQuoted(part);
  });
  return words.join('') || "''";
}

/** The first word of a command: what would be an assignment or a reserved word there is none in quotes. */
const quotedFirst = (text: string): string =>
  plain.test(text) && (assigning.test(text) || reserved.has(text)) ? singleQuoted(text) : quoted(text);

const singleQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const octal = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');

const escaped = (character: string): string =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`;

/** Quotes protect nothing in other quotes, behind "$" or "\", or in a comment that a line break ends. */
function assertUnquoted(before: string): void {
  if (stateBehind(before) !== 'plain' || /[$\\]$/.test(before)) {
    throw new Error(`a text cannot be quoted behind ${JSON.stringify(before.slice(-20))}`);
  }
}

type State = 'plain' | 'single' | 'double' | 'comment';

/** What a shell that has read so much takes the next character for. */
function stateBehind(text: string): State {
  let state: State = 'plain';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\' && (state === 'plain' || state === 'double')) {
      index += 1;
    } else {
      state = next(state, character, text.charAt(index - 1));
    }
  }
  return state;
}

function next(state: State, character: string, before: string): State {
  switch (state) {
    case 'single':
      return character === "'" ? 'plain' : state;
    case 'double':
      return character === '"' ? 'plain' : state;
    case 'comment':
      return character === '\n' ? 'plain' : state;
    case 'plain':
      if (character === '#') {
        return /^[\s;&|(]?$/.test(before) ? 'comment' : state;
      }
      return character === "'" ? 'single' : character === '"' ? 'double' : state;
  }
}
