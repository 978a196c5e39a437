import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc, { array, assert, constantFrom, dictionary, property, string, stringMatching } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { remoteLine, shellLine } from '../../../lib/run/command/shell-line.ts';
import { variableName } from '../../../lib/text/variable-name.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('a line of a script', () => {
  /** Prints its arguments and one variable, each ended by a zero byte. */
  const show = ['-c', 'printf "%s\\0" "$@" "${V-unset}"', 'show'];

  const words = array(
    string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
    { maxLength: 5 },
  );

  const run = (line: string, env: NodeJS.ProcessEnv = {}) =>
    execFileSync('sh', ['-c', line], { encoding: 'utf8', env: { PATH: process.env['PATH'], ...env } });

  test('a shell gives the program the very arguments and variables', () => {
    const value = string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''));
    assert(
      property(words, dictionary(constantFrom('V'), value, { minKeys: 1 }), (args, env) => {
        const line = shellLine({ program: 'sh', args: [...show, ...args], env });
        expect(run(line).split('\0').slice(0, -1)).toEqual([...args, env['V']]);
      }),
      { numRuns: 60 },
    );
  });

  test('a remote shell does, too', () => {
    assert(
      property(words, (args) => {
        const line = shellLine({ program: 'sh', args: [...show, ...args], on: 'host' }, 'eva@host');
        // What ssh hands over is one text, which the shell of the host reads.
        const remote = line.replace(/^ssh -- eva@host /, 'sh -c ');
        expect(run(remote).split('\0').slice(0, -1)).toEqual([...args, 'unset']);
      }),
      { numRuns: 40 },
    );
  });

  test('text reaches the program as it is', () => {
    assert(
      property(string(), (raw) => {
        const text = raw.replaceAll('\0', '');
        expect(run(shellLine({ program: 'cat', args: [], input: { text } }))).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  test('secrets reach it by name', () => {
    const line = shellLine({ program: 'cat', args: [], input: { secrets: ['A', 'B'].map(variableName) } });
    expect(line).toBe(`printf '%s\\n' "A=$A" "B=$B" | cat`);
    expect(run(line, { A: '$B `x` "q"', B: "'" })).toBe('A=$B `x` "q"\nB=\'\n');
  });

  test('no name of a program is taken for anything else', () => {
    assert(
      property(stringMatching(/^[a-z=!]{1,6}$/), (program) => {
        const line = shellLine({ program, args: ['x'] });
        expect(line.startsWith(`'${program}'`) || /^[a-z]+ x$/.test(line)).toBe(true);
      }),
    );
    expect(shellLine({ program: 'if', args: [] })).toBe("'if'");
  });

  test('pipes, files, folders and variables are what a person would write', () => {
    const from = { program: 'docker', args: ['save', 'shop:1'], folder: '/opt/my shop', env: { A: 'b c' } };
    expect(shellLine({ program: 'k3s', args: ['ctr', 'images', 'import', '-'], input: { from } })).toBe(
      "(cd '/opt/my shop' && A='b c' docker save shop:1) | k3s ctr images import -",
    );
    expect(shellLine({ program: 'sh', args: ['-'], input: { file: 'install.sh' } })).toBe('sh - < install.sh');
    expect(shellLine({ program: 'k3s', args: ['kubectl', "it's"], on: 'host' }, 'eva@host')).toBe(
      `ssh -- eva@host 'k3s kubectl '\\''it'\\''\\'\\'''\\''s'\\'''`,
    );
  });
});

describe('a line for a remote shell', () => {
  /** A text such as a person would not write: everything that means something to a shell, and more. */
  const word = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...'\'"\\$`!*?[]{}()<>|&;~#=%-, \t\n\raé'), maxLength: 12 }),
  );

  const printed = (line: string): string[] =>
    execFileSync('sh', ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1);

  describe('the line for the shell of the host', () => {
    test('hands over every argument and variable as it is', () => {
      fc.assert(
        fc.property(fc.array(word, { maxLength: 4 }), word, (words, value) => {
          const args = ['-c', 'printf "%s\\0" "$VALUE" "$@"', 'x', ...words];
          const line = remoteLine({ program: 'sh', args, env: { VALUE: value } });
          expect(printed(line)).toEqual([value, ...words]);
        }),
        { numRuns: 150 },
      );
    });

    test.each(['-x', "it's a folder", '$(touch no)', 'a\nb'])('runs in the folder %j', (name) => {
      const folder = join(temporaryFolder(), name);
      mkdirSync(folder);
      const line = remoteLine({ program: 'sh', args: ['-c', 'printf "%s\\0" "$PWD"'], folder });
      expect(printed(line)).toEqual([folder]);
    });

    test('does not run the program where there is no such folder', () => {
      const line = remoteLine({ program: 'printf', args: ['here'], folder: '/no/such' });
      expect(printed(`{ ${line}; } 2>/dev/null || printf 'not run\\0'`)).toEqual(['not run']);
    });

    test.each(['-oProxyCommand=x', '-x', 'if', 'a b'])(
      'never begins with an option or a word of the shell: %s',
      (program) => {
        expect(remoteLine({ program, args: [] })).toBe(`'${program}'`);
      },
    );
  });
});
