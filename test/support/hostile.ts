import fc from 'fast-check';
import { expect } from 'vitest';

/** What a name may hold that a terminal or a CI runner obeys, by what it does. */
export const hostile: Readonly<Record<string, string>> = {
  'clears the screen': '\u001b[2J',
  'is red': '\u001b[31m',
  'is a link': '\u001b]8;;https://evil.example\u0007text\u001b]8;;\u0007',
  'writes the clipboard': '\u001b]52;c;ZXZpbA==\u0007',
  'clears with one C1 character': '\u009b2J',
  'rings, deletes and is NUL': '\u0007\u007f\0',
  'writes over its line': '\rno problems',
  'masks on a line of its own': '\n::add-mask::x',
  'sets a variable behind spaces': '\n \u00a0::set-env name=PATH::x',
  'is a command of the old form': ' ##[add-mask]x',
  'is a command of Azure': '##vso[task.setvariable variable=PATH]x',
  'folds a log of GitLab': '\nsection_start:1:x[collapsed=true]\r\u001b[0K',
  'turns the direction': '\u202e\u2066\u200f',
  'breaks lines as Unicode does': '\u2028::add-mask::x\u2029\u0085',
  'is not seen': '\u200b\u2060\ufeff\u00ad\u{e0041}\u{e007f}',
  'is half a character': '\ud800 \udfff',
  'is no character': '\ufffe\uffff\ufdd0\u{1fffe}',
  'ends elements, labels and directives': '"]</failure><img onerror=x>```%%{init}%%|',
};

export const everyHostile = Object.values(hostile).join('');

const obeyed =
  /(?!\n)[\p{Cc}\p{Cs}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufffe\uffff\u{1fffe}\u{1ffff}\u{e0000}-\u{e007f}]/u;

// biome-ignore lint/suspicious/noControlCharactersInRegex: styles begin with one
const ownStyle = /\u001b\[(?:1|2|22|31|32|33|36|39)m/g;

export interface HarmlessOptions {
  /** Whether our own styles may stand there. */
  readonly colour?: boolean;
  /** Whether every line annotates something on GitHub. */
  readonly annotations?: boolean;
}

/** Makes sure that nothing of what was printed is obeyed by a terminal or a CI runner. */
export function expectHarmless(printed: string, { colour = false, annotations = false }: HarmlessOptions = {}): void {
  const text = colour ? printed.replaceAll(ownStyle, '') : printed;
  expect(text).not.toMatch(obeyed);
  expect(text).not.toMatch(/##[a-z]*\[/i);
  const commands = text.split('\n').filter((line) => /^\s*::/.test(line));
  const others = annotations ? commands.filter((line) => !/^::(?:error|warning|notice) [^:]*::/.test(line)) : commands;
  expect(others).toEqual([]);
}

/** Names that hold anything: what is obeyed, what an object has without anybody's doing, emoji, and very long ones. */
export const hostileNames: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty', 'toString', '', ' ', '::', '##[', '\\n', '\\u001b'),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...Object.values(hostile), 'a', '\\', '#', '[', ':', '👩‍👩‍👧', 'שלום', '日本'),
        fc.string(),
      ),
      { maxLength: 4 },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.constantFrom('a', '\u001b[2J', '👍').map((part) => part.repeat(1_000)),
);
