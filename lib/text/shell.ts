import { type VariableName, variableName } from './variable-name.ts';
import { hostileSource, lazyPattern, visibleLine } from './visible.ts';

/**
 * Text that a POSIX shell may be given. Only this file makes it, so that a word without quotes does not compile
 * where a line for a shell is wanted.
 */
class ShellText {
  readonly #script: string;
  readonly #line: string;

  constructor(script: string, line: string) {
    this.#script = script;
    this.#line = line;
  }

  /** As a file has it that is run: line breaks and tabs in words stay as they are. */
  get script(): string {
    return this.#script;
  }

  /** As it is shown to be pasted: no word of it begins a new line. */
  get line(): string {
    return this.#line;
  }

  toString(): string {
    return this.line;
  }

  toJSON(): string {
    return this.line;
  }
}

export type { ShellText };

/** What a line is made of: a text becomes one quoted word, shell text stays as it is, a list becomes several words. */
type ShellPart = string | number | ShellText | readonly (string | ShellText)[];

/**
 * A line, or a part of one. What is interpolated is quoted, unless it is shell text already.
 *
 * @throws Error when a text is interpolated where quotes do not protect it: in quotes, behind `$` or `\`, in a comment
 */
export function sh(texts: TemplateStringsArray, ...parts: readonly ShellPart[]): ShellText {
  const [first = '', ...rest] = texts;
  let script = first;
  let line = first;
  for (const [index, after] of rest.entries()) {
    const part = parts[index] ?? '';
    if (!(part instanceof ShellText)) {
      assertUnquoted(script);
    }
    const isFirst = beginsCommand(script);
    const words = (isList(part) ? part : [part]).map((word, at) => written(word, isFirst && at === 0));
    // An empty list leaves no gap.
    const before = (text: string) => (words.length === 0 ? text.replace(/ $/, '') : text);
    script = before(script) + words.map((word) => word.script).join(' ') + after;
    line = before(line) + words.map((word) => word.line).join(' ') + after;
  }
  return new ShellText(script, line);
}

const isList = (part: ShellPart): part is readonly (string | ShellText)[] => Array.isArray(part);

const written = (part: string | number | ShellText, isFirst: boolean): ShellText =>
  part instanceof ShellText ? part : (isFirst ? quotedFirst : quoted)(String(part));

/** Whether what comes behind a script is the first word of a command. */
function beginsCommand(script: string): boolean {
  const before = script.trimEnd();
  return before === '' || script.includes('\n', before.length) || '|&;({'.includes(before.charAt(before.length - 1));
}

/** Lines, or parts of one, with something between them. */
export const joined = (parts: readonly ShellText[], separator: ' ' | ' && ' | ' | ' | '; ' | '\n'): ShellText =>
  new ShellText(parts.map(({ script }) => script).join(separator), parts.map(({ line }) => line).join(separator));

/** A program as the first word of a command: behind `ssh HOST`, a word that begins with "-" would be an option of ssh. */
export const program = (name: string): ShellText =>
  name.startsWith('-') ? same(singleQuoted(name)) : quotedFirst(name);

/** A variable of the environment that a command gets. */
export function assignment(name: string, value: string): ShellText {
  const start = `${variableName(name)}=`;
  const { script, line } = quoted(value);
  return new ShellText(start + script, start + line);
}

/** The word `NAME=value`, with the value that the variable has when the line runs. */
export const variableWord = (name: VariableName): ShellText => same(`"${variableName(name)}=$${name}"`);

/** A comment of one line: a line break would end it, and so would end what hides the rest of the text from the shell. */
export const comment = (text: string): ShellText => same(visibleLine(`# ${linesOf(text).join('; ')}`));

const linesOf = (text: string): string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A suggestion that is a command to paste. */
export const runInstruction = (line: ShellText): string => `run: ${line}`;

/** A path as a program takes it for one: nothing that begins with "-" is. */
export const operand = (path: string): string => (path.startsWith('-') ? `./${path}` : path);

/** Nothing in these means anything to a shell; zsh looks for a program where a word begins with "=". */
const plain = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

const assigning = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_04 */
const reserved = new Set(
  'if then else elif fi do done case esac while until for in select function time coproc repeat foreach end'.split(' '),
);

/** What a terminal or a CI runner obeys in a script: there line breaks and tabs are text, but begin no command. */
const inScript = lazyPattern(`((?:(?![\\n\\t])(?:${hostileSource})|(?<=\\n[^\\S\\n]*):(?=:))+)`, 'u');

const inLine = lazyPattern(`((?:${hostileSource})+)`, 'u');

/**
 * A text as one word, literally. What a terminal would obey is written as `printf` writes
 * it, so that the line can be shown and pasted.
 */
function quoted(text: string): ShellText {
  if (text.includes('\0')) {
    throw new Error('a word of a shell line cannot hold U+0000');
  }
  return plain.test(text) ? same(text) : new ShellText(asWord(text, inScript()), asWord(text, inLine()));
}

function asWord(text: string, runs: RegExp): string {
  const parts = text.split(runs);
  const words = parts.map((part, index) => {
    if (index % 2 === 0) {
      return part === '' ? '' : singleQuoted(part);
    }
    if (!part.endsWith('\n')) {
      return printed(part);
    }
    const [next = ''] = parts[index + 1] ?? '';
    if (next !== '') {
      parts[index + 1] = parts[index + 1]?.slice(next.length) ?? '';
      return printed(part + next);
    }
    const lines = part.split('\n');
    const breaks =
      lines.length -
      1 -
      Math.max(
        0,
        lines.findLastIndex((line) => line !== ''),
      );
    const before = part.slice(0, part.length - breaks);
    return (before === '' ? '' : printed(before)) + lineBreak.repeat(breaks);
  });
  return words.join('') || "''";
}

/** What a shell removes from the end of what a command prints stands in the variable IFS, behind a space and a tab. */
const lineBreak = '"${IFS#??}"';

const printed = (text: string): string => `"$(printf '${octal(text)}')"`;

/** The first word of a command: what would be an assignment or a reserved word there is none in quotes. */
const quotedFirst = (text: string): ShellText =>
  plain.test(text) && (assigning.test(text) || reserved.has(text)) ? same(singleQuoted(text)) : quoted(text);

const same = (text: string): ShellText => new ShellText(text, text);

const singleQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const octal = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');

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
