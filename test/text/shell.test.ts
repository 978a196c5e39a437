import { execFileSync } from 'node:child_process';
import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assignment,
  comment,
  joined,
  operand,
  program,
  runInstruction,
  type ShellText,
  sh,
  variableWord,
} from '../../lib/text/shell.ts';
import { isVariableName, type VariableName, variableName } from '../../lib/text/variable-name.ts';
import { expectHarmless, hostileNames } from '../support/hostile.ts';

/** What a shell makes of a line; each word that `printf` is given ends with a zero byte. */
const words = (line: string): string[] =>
  execFileSync('sh', ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1);

/** Texts such as nobody would write: all that means something to a shell or a terminal, and more. */
const hostile = oneof(
  hostileNames.map((name) => name.replaceAll(/\p{Cs}/gu, '').slice(0, 200)),
  string({ unit: 'binary' }),
  string({
    unit: constantFrom(...'\'"\\$`!*?[]{}()<>|&;~#=%^-, \t\n\r\u0007\u001b\u0085\u202e\u2028ifé’'),
    maxLength: 12,
  }),
).map((text) => text.replaceAll('\0', ''));

describe('what is quoted', () => {
  test('comes back from a shell as it is, whatever it is', () => {
    assert(
      property(array(hostile, { minLength: 1, maxLength: 40 }), (texts) => {
        const all = sh`printf '%s\\0' ${texts} a=${texts[0] ?? ''} --b=${texts.at(-1) ?? ''}`;
        const given = [...texts, `a=${texts[0]}`, `--b=${texts.at(-1)}`];
        expect(words(all.line)).toEqual(given);
        expect(words(all.script)).toEqual(given);
      }),
      { numRuns: 40 },
    );
  });

  test('can be shown: it has nothing that a terminal would obey', () => {
    assert(
      property(hostile, (text) => {
        const { line, script } = sh`x ${text}`;
        expectHarmless(line);
        expect(line).not.toContain('\n');
        expectHarmless(script.replaceAll('\t', ''));
        expectHarmless(String(comment(text)));
      }),
    );
    expect(String(sh`x ${'a\u001b[2Jb'}`)).toBe(`x 'a'"$(printf '\\033')"'[2Jb'`);
  });

  test.each([
    ['a\nb', `'a'"$(printf '\\012\\142')"`, "'a\nb'"],
    ['a\n\n', `'a'"\${IFS#??}""\${IFS#??}"`, "'a\n\n'"],
    ['\t\n', `"$(printf '\\011')""\${IFS#??}"`, "'\t\n'"],
    ['a\n ::b', `'a'"$(printf '\\012\\040')"'::b'`, `'a\n '"$(printf '\\072')"':b'`],
    ['##[x]', `'#'"$(printf '\\043')"'[x]'`, `'#'"$(printf '\\043')"'[x]'`],
  ])('has line breaks in a script alone, where they begin no command: %j', (text, line, script) => {
    expect(sh`x ${text}`).toMatchObject({ line: `x ${line}`, script: `x ${script}` });
  });

  test.each([
    ['dist/a_b-c.yaml', 'dist/a_b-c.yaml'],
    ['--selector=app.kubernetes.io/name=a,b!=c', "'--selector=app.kubernetes.io/name=a,b!=c'"],
    ['app.kubernetes.io/part-of=shop', 'app.kubernetes.io/part-of=shop'],
    ['', "''"],
    ["it's", `'it'\\''s'`],
    ['=ls', "'=ls'"],
    ['~/x', "'~/x'"],
    ['“x”', "'“x”'"],
  ])('looks as a person would write it: %s', (text, written) => {
    expect(String(sh`x ${text}`)).toBe(`x ${written}`);
  });

  test('is never taken for an assignment or a word of the shell where a command begins', () => {
    expect(String(sh`${'A=b'} ${'A=b'}`)).toBe("'A=b' A=b");
    expect(String(sh`a && ${['if', 'if']} | ${'a+=b'}`)).toBe("a && 'if' if | 'a+=b'");
    expect(String(program('-x'))).toBe("'-x'");
  });

  test('cannot hold what no program can be given', () => {
    expect(() => sh`x ${'a\0b'}`).toThrow('U+0000');
  });

  test.each([
    ['double quotes', () => sh`x "${'a'}"`],
    ['single quotes', () => sh`x '${'a'}'`],
    ['quotes that quotes have ended before', () => sh`x 'a' "\\"${'a'}"`],
    ['what "$" makes a variable', () => sh`x $${'a'}`],
    ['what "\\" takes away', () => sh`x \\${'a'}`],
    ['a comment', () => sh`x # ${'a'}`],
  ])('does not get into %s, where quotes protect nothing', (_, line) => {
    expect(line).toThrow('a text cannot be quoted behind');
  });

  test('gets behind quotes that are closed, and behind a "#" that begins no comment', () => {
    expect(String(sh`x 'a' "b" c#${'d e'}`)).toBe(`x 'a' "b" c#'d e'`);
  });
});

describe('a line', () => {
  test('takes numbers, and what is quoted already, as they are', () => {
    const inner = sh`printf ${'a b'}`;
    expect(String(sh`sh -c ${String(inner)} | head -n ${3} && ${inner}`)).toBe(
      `sh -c 'printf '\\''a b'\\''' | head -n 3 && printf 'a b'`,
    );
  });

  test('has no gap where a list is empty', () => {
    expect(String(sh`kubectl get ${[]} pods ${[]}`)).toBe('kubectl get pods');
  });

  test('is a suggestion, a part of others and JSON', () => {
    expect(runInstruction(sh`rm ${operand('-x')}`)).toBe('run: rm ./-x');
    expect(String(joined([sh`a`, sh`b`], ' && '))).toBe('a && b');
    expect(JSON.stringify({ line: sh`a ${'b c'}` })).toBe(`{"line":"a 'b c'"}`);
  });

  test('has comments of one line', () => {
    expect(String(comment('a\n; rm -rf /\r\nb\u001b'))).toBe('# a; ; rm -rf /; b\\u001b');
  });
});

describe('the name of a variable', () => {
  test.each(['A', '_a1', 'PRIVATE_KEY'])('is one to every shell: %s', (name) => {
    expect(isVariableName(name)).toBe(true);
    expect(String(variableWord(variableName(name)))).toBe(`"${name}=$${name}"`);
    expect(String(assignment(name, 'a b'))).toBe(`${name}='a b'`);
  });

  test.each(['', '1A', 'A-B', 'A.B', 'A"; touch X; "', 'A\n', 'Ä', 'A B'])('is none: %j', (name) => {
    expect(() => variableName(name)).toThrow('cannot be the name of a variable');
    expect(() => assignment(name, '')).toThrow('cannot be the name of a variable');
  });
});

test('nothing that was not quoted compiles as shell text', () => {
  const takesLine = (line: ShellText): string => String(line);
  const takesName = (name: VariableName): string => name;
  // @ts-expect-error a text is no line
  takesLine('kubectl get pods');
  // @ts-expect-error a template without the tag is a text
  takesLine(`kubectl get ${'pods'}`);
  // @ts-expect-error what looks the same was not made here
  takesLine({ toString: () => 'x', toJSON: () => 'x' });
  // @ts-expect-error parts of a line must be lines
  expect(() => joined(['a'], ' ')).not.toThrow();
  // @ts-expect-error a suggestion of a command is made of a line
  runInstruction('rm -rf /');
  // @ts-expect-error a text may be no name of a variable
  takesName('A');
  // @ts-expect-error only a checked name may stand in "$NAME"
  expect(() => variableWord('A"')).toThrow();
  expect(takesLine(sh`x`) + takesName(variableName('A'))).toBe('xA');
});
